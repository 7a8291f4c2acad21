// The proof that nothing is lost: for each kiosk how many sign-ups it made, how many arrived and how
// many are missing, in words, and what to do where that is not nothing.
import { api } from '../api.js'
import { count } from '../words.js'

const states = {
  connected: { word: 'Connected', tag: 'green' },
  quiet: { word: 'Quiet', tag: 'yellow' },
  never: { word: 'Not heard from yet', tag: 'grey' }
}

// Worst first: missing, then quiet, then the rest by name.
function byUrgency(a, b) {
  const weight = ({ missing, state }) => (missing > 0 ? 0 : state === 'quiet' ? 1 : state === 'never' ? 2 : 3)
  return weight(a) - weight(b) || a.name.localeCompare(b.name)
}

// What to do about it, the most pressing first; empty where all is well.
export function advice(kiosk) {
  const words = []
  const toCheck = kiosk.needs_attention - kiosk.unread
  if (kiosk.missing > 0) {
    words.push('Keep this kiosk switched on, and do not reset or replace it. Check that it is connected: it sends by itself. ' +
      'If the number is the same tomorrow, tell the programme team.')
  }
  if (kiosk.unread > 0) {
    words.push(`${count(kiosk.unread, 'sign-up came', 'sign-ups came')} that the server can’t read. ` +
      `${kiosk.unread === 1 ? 'It is' : 'They are'} kept. Tell the programme team.`)
  }
  if (toCheck > 0) {
    words.push(`${count(toCheck, 'sign-up needs', 'sign-ups need')} attention. Open Sign-ups to see what to check.`)
  }
  if (kiosk.state === 'quiet') {
    words.push('Check that it is switched on and connected. It keeps its sign-ups safe until it can send them.')
  }
  if (kiosk.state === 'never') words.push('Finish setting it up, then come back here.')
  if (kiosk.waiting > 0 && words.length === 0) words.push('It will send these by itself.')
  return words
}

export const kiosks = {
  template: 'kiosks',

  async load({ signal }) {
    const all = (await api.kiosks(signal)).sort(byUrgency)
    const sum = (field) => all.reduce((total, kiosk) => total + kiosk[field], 0)
    return {
      kiosks: all.map((kiosk) => ({ ...kiosk, shown: states[kiosk.state] ?? states.never, advice: advice(kiosk) })),
      made: sum('made'),
      received: sum('received'),
      missing: sum('missing'),
      waiting: sum('waiting'),
      heard: all.some(({ state }) => state !== 'never'),
      quiet: all.filter(({ state }) => state === 'quiet').length
    }
  },

  title: () => 'Kiosks',

  start() {}
}
