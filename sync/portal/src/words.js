// How facts are said: dates, NHS numbers, statuses, languages. Pure functions, no page in sight, so
// that a table of cases can test them. Times are the practice's (United Kingdom), whatever the clock
// of the computer that shows them thinks of its place.

const zone = 'Europe/London'
const format = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
const dayKey = format({ year: 'numeric', month: '2-digit', day: '2-digit' })
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const weekday = format({ weekday: 'short' })
const dayMonth = format({ day: 'numeric', month: 'long' })
const fullDate = format({ day: 'numeric', month: 'long', year: 'numeric' })
const year = format({ year: 'numeric' })
const plainDate = new Intl.DateTimeFormat('en-GB',
  { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
const languages = new Intl.DisplayNames(['en-GB'], { type: 'language' })
const numbers = new Intl.NumberFormat('en-GB')

const day_ms = 24 * 60 * 60 * 1000

// "Today, 11:28", "Yesterday, 09:15", "Mon 10 March", "10 March 2025".
export function when(iso, now = new Date()) {
  const at = new Date(iso)
  if (dayKey.format(at) === dayKey.format(now)) return `Today, ${clock.format(at)}`
  if (dayKey.format(at) === dayKey.format(new Date(now - day_ms))) return `Yesterday, ${clock.format(at)}`
  if (year.format(at) === year.format(now)) return `${weekday.format(at)} ${dayMonth.format(at)}`
  return fullDate.format(at)
}

// For the middle of a sentence: "at 11:28", "yesterday at 09:15", "on Mon 10 March".
export function whenInSentence(iso, now = new Date()) {
  const said = when(iso, now)
  if (said.startsWith('Today')) return `at ${clock.format(new Date(iso))}`
  if (said.startsWith('Yesterday')) return `yesterday at ${clock.format(new Date(iso))}`
  return `on ${said}`
}

// A date with no time of day, such as a birth date: "14 March 1958".
export function longDate(date) {
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? String(date ?? '') : plainDate.format(at)
}

// 3 3 4, joined by no-break spaces so that a number is never split over two lines.
export function nhsNumber(digits) {
  return /^\d{10}$/.test(digits ?? '') ? digits.replace(/^(...)(...)(....)$/, '$1\u00a0$2\u00a0$3') : (digits ?? '')
}

export function language(tag) {
  const primary = (tag ?? '').split('-')[0]
  if (primary === 'bn') return 'Bengali' // as it is called here; the tables say Bangla
  try {
    return languages.of(primary)
  } catch {
    return primary
  }
}

const modes = { alone: 'On their own', staff: 'With a member of staff', friend: 'With a friend or relative' }
export const mode = (code) => modes[code] ?? code

const statuses = {
  received: { word: 'Received', tag: 'blue' },
  needs_attention: { word: 'Needs attention', tag: 'yellow' },
  welcomed: { word: 'Welcomed', tag: 'purple' },
  activated: { word: 'Activated', tag: 'green' },
  duplicate: { word: 'Duplicate', tag: 'grey' },
  not_eligible: { word: 'Not eligible', tag: 'grey' },
  withdrawn: { word: 'Withdrawn', tag: 'grey' },
  closed: { word: 'Closed', tag: 'grey' }
}
export const statusWord = (status) => statuses[status]?.word ?? status
export const tagOf = (status) => statuses[status]?.tag ?? 'grey'

export const isClosed = (status) => ['duplicate', 'not_eligible', 'withdrawn'].includes(status)

// What the tag shows, and in which filter it is: one that nobody looked at yet says first that there is
// something to look at.
export function shownStatus({ status, attention = [] }) {
  return attention.length > 0 && status === 'received' ? 'needs_attention' : status
}

const steps = {
  received: 'Check record',
  needs_attention: 'See why',
  welcomed: 'Remind them'
}
// What is to be done next; null when nothing is.
export const nextStep = (signup) => steps[shownStatus(signup)] ?? null

export const thousands = (number) => numbers.format(number)

// count(1, 'sign-up') is "1 sign-up", count(2, 'sign-up') is "2 sign-ups".
export function count(number, one, many = `${one}s`) {
  return `${thousands(number)} ${number === 1 ? one : many}`
}

export function initials(name) {
  const parts = name.trim().split(/\s+/)
  const first = (part) => [...(part ?? '')][0] ?? ''
  return (first(parts[0]) + (parts.length > 1 ? first(parts[parts.length - 1]) : '')).toUpperCase()
}
