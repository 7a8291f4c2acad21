// The worklist, and the sign-up that is open beside it. On a wide screen both are one page; on a
// narrow one an open sign-up is a page of its own. What was searched for is kept here, in memory:
// it holds names, so it goes neither into the address nor into the browser's storage.
import { api } from '../api.js'
import { announce, whileBusy } from '../view.js'
import { count, nextStep, shownStatus, statusWord } from '../words.js'
import { describe, startSignup } from './sign-up.js'

export const wide = window.matchMedia('(min-width: 1280px)')

const filters = ['all', 'received', 'needs_attention', 'welcomed', 'activated', 'closed']

let place = { q: '', status: 'all', page: 1 }

export function forgetPlace() {
  place = { q: '', status: 'all', page: 1 }
}

function addressOf({ status, page }) {
  const query = new URLSearchParams()
  if (status !== 'all') query.set('status', status)
  if (page > 1) query.set('page', page)
  return `/sign-ups${query.size > 0 ? `?${query}` : ''}`
}

// The list's address says the filter and page; an open sign-up's does not, and keeps the list's.
function readPlace({ params, query }) {
  if (params.id) return
  const status = query.get('status')
  const page = Number(query.get('page'))
  place.status = filters.includes(status) ? status : 'all'
  place.page = Number.isInteger(page) && page > 0 ? page : 1
}

async function loadList(signal) {
  const found = await api.search(place, signal)
  const first = found.total === 0 ? 0 : (found.page - 1) * found.page_size + 1
  const last = Math.min(found.total, found.page * found.page_size)
  const pageAt = (page) => addressOf({ ...place, page })
  return {
    ...found,
    ...place,
    first,
    last,
    previous: found.page > 1 ? pageAt(found.page - 1) : null,
    next: last < found.total ? pageAt(found.page + 1) : null,
    items: found.items.map((item) => ({ ...item, shown: shownStatus(item), next: nextStep(item) })),
    filters: filters.map((status) => ({
      status,
      word: status === 'all' ? 'All' : statusWord(status),
      href: addressOf({ status, page: 1 }),
      count: found.counts[status] ?? 0
    }))
  }
}

export const signups = {
  template: 'sign-ups',

  async load(context) {
    readPlace(context)
    const { params: { id }, given, signal } = context
    const beside = wide.matches
    const [list, signup] = await Promise.all([
      beside || !id ? loadList(signal) : null,
      id ? given.signup ?? api.signup(id, signal) : null
    ])
    return { list, signup: signup && describe(signup), beside, back: addressOf(place), saved: given.saved }
  },

  title: ({ signup }) => (signup ? `Sign-up ${signup.reference}` : 'Sign-ups'),

  spoken({ list, signup, saved }) {
    if (saved) return saved
    if (!list || signup) return ''
    if (list.total === 0) return 'No sign-ups found'
    return `${count(list.total, 'sign-up')}, showing ${list.first} to ${list.last}`
  },

  start(root, { list, signup }, actions) {
    if (list) startList(root, actions)
    if (signup) startSignup(root, signup, actions)
  }
}

function startList(root, { go, fail }) {
  const form = root.querySelector('#search')
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    search(new FormData(form).get('q').trim())
  })
  root.querySelector('#clear-search')?.addEventListener('click', () => search(''))

  function search(q) {
    place.q = q
    go(addressOf({ ...place, page: 1 }))
  }

  const button = root.querySelector('#export')
  button.addEventListener('click', () => whileBusy(button, async () => {
    try {
      const { name, file } = await api.export({ q: place.q, status: place.status })
      saveFile(name, file)
      const said = `Saved ${name} in your downloads. It holds patients’ details: keep it on a practice computer.`
      root.querySelector('#exported').textContent = said
      announce(said)
    } catch (error) {
      if (!error.kind) throw error
      fail(error)
    }
  }))
}

function saveFile(name, file) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
