// Two sign-ups that may be one person's, side by side, with a word for what differs, so that a
// person decides and never the software.
import { api } from '../api.js'
import { longDate, nhsNumber, when, language, mode } from '../words.js'
import { whileBusy } from '../view.js'
import { describe } from './sign-up.js'

const rows = [
  ['Name', ({ name }) => name],
  ['Born', ({ birth_date }) => longDate(birth_date)],
  ['NHS number', ({ nhs_number }) => nhsNumber(nhs_number) || 'Not given'],
  ['Arrived', ({ received_at }) => when(received_at)],
  ['Kiosk', ({ kiosk }) => kiosk],
  ['Language', (signup) => language(signup.language)],
  ['Filled in', (signup) => mode(signup.mode)]
]

// Fields first, then every answer that either gave, in the order of the first.
function lines(first, second) {
  const fields = rows.map(([label, value]) => ({ label, first: value(first), second: value(second) }))
  const answered = new Map()
  for (const [side, signup] of [['first', first], ['second', second]]) {
    for (const { link_id, label, value } of signup.answers) {
      answered.set(link_id, { label, ...answered.get(link_id), [side]: value })
    }
  }
  const known = fields.map(({ label }) => label)
  const others = [...answered.values()].filter(({ label }) => !known.includes(label))
  return [...fields, ...others].map((line) => ({ ...line, same: line.first === line.second }))
}

export const compare = {
  template: 'compare',

  async load({ params, signal }) {
    const both = await Promise.all([params.id, params.other].map((id) => api.signup(id, signal)))
    const [first, second] = both.map(describe)
    return { first, second, lines: lines(first, second) }
  },

  title: ({ first, second }) => `Compare ${first.reference} and ${second.reference}`,

  start(root, { first, second }, { go, fail }) {
    for (const button of root.querySelectorAll('button[data-duplicate]')) {
      const isFirst = button.dataset.duplicate === first.id
      const [double, kept] = isFirst ? [first, second] : [second, first]
      button.addEventListener('click', () => whileBusy(button, async () => {
        try {
          await api.setStatus(double.id, 'duplicate', `The same person as ${kept.reference}`)
          go(`/sign-ups/${kept.id}`)
        } catch (error) {
          if (!error.kind) throw error
          fail(error)
        }
      }))
    }
  }
}
