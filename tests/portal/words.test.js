// How facts are said, as a table of cases: no browser, no server.
import assert from 'node:assert/strict'
import test from 'node:test'
import { lines } from '../../sync/portal/src/side-by-side.js'
import { advice } from '../../sync/portal/src/pages/kiosks.js'
import { matchPath } from '../../sync/portal/src/router.js'
import * as words from '../../sync/portal/src/words.js'

const now = new Date('2026-03-11T11:40:00Z')

test('a moment is said by how near it is, in the practice’s own time', () => {
  for (const [iso, said] of [
    ['2026-03-11T11:28:00Z', 'Today, 11:28'],
    ['2026-03-11T00:00:00Z', 'Today, 00:00'],
    ['2026-03-10T23:59:00Z', 'Yesterday, 23:59'],
    ['2026-03-09T09:00:00Z', 'Mon 9 March'],
    ['2025-03-10T09:00:00Z', '10 March 2025']
  ]) assert.equal(words.when(iso, now), said)
  const summer = new Date('2026-07-01T12:00:00Z')
  assert.equal(words.when('2026-06-30T23:30:00Z', summer), 'Today, 00:30')
})

test('the same in the middle of a sentence', () => {
  assert.equal(words.whenInSentence('2026-03-11T11:28:00Z', now), 'at 11:28')
  assert.equal(words.whenInSentence('2026-03-10T09:15:00Z', now), 'yesterday at 09:15')
  assert.equal(words.whenInSentence('2026-03-09T09:15:00Z', now), 'on Mon 9 March')
})

test('a birth date has no time zone', () => {
  assert.equal(words.longDate('1958-03-14'), '14 March 1958')
  assert.equal(words.longDate(''), '')
})

test('an NHS number is 3 3 4 and never breaks', () => {
  assert.equal(words.nhsNumber('9990000018'), '999\u00a0000\u00a00018')
  assert.equal(words.nhsNumber('12'), '12')
  assert.equal(words.nhsNumber(null), '')
})

test('languages have the names that are used here', () => {
  for (const [tag, name] of [['en', 'English'], ['bn', 'Bengali'], ['pa', 'Punjabi'], ['so', 'Somali'],
    ['en-GB', 'English'], ['?', '?']]) assert.equal(words.language(tag), name)
})

test('an open sign-up with something to look at needs attention; a closed one does not', () => {
  const attention = ['Check the email address.']
  assert.equal(words.shownStatus({ status: 'received', attention }), 'needs_attention')
  assert.equal(words.shownStatus({ status: 'received', attention: [] }), 'received')
  assert.equal(words.shownStatus({ status: 'withdrawn', attention }), 'withdrawn')
  // Looked at and moved on: as the filters count it.
  assert.equal(words.shownStatus({ status: 'welcomed', attention }), 'welcomed')
  assert.equal(words.nextStep({ status: 'received', attention: [] }), 'Check record')
  assert.equal(words.nextStep({ status: 'activated', attention: [] }), null)
})

test('a kiosk’s advice: all that applies, and only what helps', () => {
  const well = { missing: 0, unread: 0, needs_attention: 0, waiting: 0, state: 'connected' }
  for (const [kiosk, said] of [
    [{}, []],
    [{ waiting: 2 }, [/send these by itself/]],
    [{ missing: 1, state: 'quiet' }, [/Keep this kiosk switched on/, /Check that it is switched on/]],
    [{ needs_attention: 3, unread: 1 }, [/^1 sign-up came that the server can’t read.*programme team/, /^2 sign-ups need attention/]],
    [{ needs_attention: 1, unread: 1 }, [/^1 sign-up came that/]],
    [{ state: 'never' }, [/Finish setting it up/]]
  ]) {
    const words = advice({ ...well, ...kiosk })
    assert.equal(words.length, said.length, words.join(' | '))
    said.forEach((wanted, i) => assert.match(words[i], wanted))
  }
})

test('side by side: once each, and what nobody said is not the same', () => {
  const one = { name: 'Abdul Karim', birth_date: '1966-01-02', nhs_number: null, language: 'bn', mode: 'alone', kiosk: 'Front desk',
    answers: [{ link_id: 'first-name', label: 'First name', value: 'Abdul' }, { link_id: 'email', label: 'Email', value: 'a@example.com' }] }
  const other = { ...one, mode: 'staff', answers: [one.answers[0], { link_id: 'postcode', label: 'Postcode', value: 'NW1 2BU' }] }
  const said = Object.fromEntries(lines(one, other).map(({ label, verdict }) => [label, verdict]))
  assert.deepEqual(said, { Name: 'Same', Born: 'Same', 'NHS number': 'Not given', Kiosk: 'Same', Language: 'Same', 'Filled in': 'Different',
    Email: 'Given once', Postcode: 'Given once' })
})

test('initials are the first letters of the first and last name, in any script', () => {
  for (const [name, initials] of [['Priya Nair', 'PN'], ['Cher', 'C'], [' ann  marie o’neill ', 'AO'],
    ['محمد الأحمد', 'ما']]) assert.equal(words.initials(name), initials)
})

test('addresses match as a whole', () => {
  assert.deepEqual(matchPath('/sign-ups/:id', '/sign-ups/7'), { id: '7' })
  assert.deepEqual(matchPath('/kiosks', '/kiosks'), {})
  assert.equal(matchPath('/sign-ups/:id', '/sign-ups'), null)
  assert.equal(matchPath('/sign-ups/:id', '/sign-ups/'), null)
  assert.equal(matchPath('/kiosks', '/kiosks/1'), null)
})
