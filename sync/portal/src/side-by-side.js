// What two sign-ups say, line by line, and whether it is the same. Pure, so that a table of cases can
// test it.
import { language, longDate, mode, nhsNumber } from './words.js'

const rows = [
  ['Name', ({ name }) => name],
  ['Born', ({ birth_date }) => longDate(birth_date)],
  ['NHS number', ({ nhs_number }) => nhsNumber(nhs_number)],
  ['Kiosk', ({ kiosk }) => kiosk],
  ['Language', (signup) => language(signup.language)],
  ['Filled in', (signup) => mode(signup.mode)]
]
// The answers (linkIds of questionnaire.json) that these rows give already.
const given = ['first-name', 'last-name', 'birth-date', 'nhs-number', 'mode']

function verdict(first, second) {
  if (first && second) return first === second ? 'Same' : 'Different'
  return first || second ? 'Given once' : 'Not given'
}

// Rows first, then every answer that either gave, in the order of the first.
export function lines(first, second) {
  const fields = rows.map(([label, value]) => ({ label, first: value(first), second: value(second) }))
  const answered = new Map()
  for (const [side, signup] of [['first', first], ['second', second]]) {
    for (const { link_id, label, value } of signup.answers) {
      if (!given.includes(link_id)) answered.set(link_id, { label, ...answered.get(link_id), [side]: value })
    }
  }
  return [...fields, ...answered.values()].map((line) => ({ ...line, verdict: verdict(line.first, line.second) }))
}
