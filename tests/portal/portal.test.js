// The portal as a practice uses it, from a wrong password to signing out, in Chromium against the
// real server. Tests run in turn and share one server; each opens its own browser window.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { checkAccessible, checkFits, finish, focusedText, launch, narrow, openPage, openSignedIn, shoot, signIn,
  textOf, wide } from './lib/browser.js'
import { people, Stage } from './lib/stage.js'

const grace = { first: 'Grace', last: 'Mensah', born: '1958-03-14', number: '9990000018', email: 'grace.mensah@example.com' }
const abdul = { first: 'Abdul', last: 'Karim', born: '1966-01-02', number: '9990000026', language: 'bn', mode: 'staff' }
const named = [
  { first: 'Sheila', last: 'Hartley', born: '1950-05-02' },
  { first: 'Șerban', last: 'Łukaszewski', born: '1967-01-01', language: 'ro' },
  { first: 'محمد', last: 'الأحمد', born: '1973-01-01', language: 'ar', mode: 'friend' },
  { first: '<script>alert(1)</script>', last: '<b>Bold</b>', born: '1984-01-01' },
  { first: '=HYPERLINK(0)', last: '+441', born: '1984-01-01' },
  abdul,
  { ...abdul, mode: 'alone' },
  grace
]
const crowd = ['Joan Pickering', 'Derek Ashworth', 'Layla Haddad', 'Ewa Kowalska', 'Maria Ferreira', 'Anita Desai',
  'Colin Baptiste', 'Mohamed Warsame', 'Ines Duarte', 'Tomasz Nowak', 'Wilhelmina Featherstonehaugh', 'Peter Okoro', 'Hana Aziz', 'Liam Byrne']
  .map((name, i) => ({ first: name.split(' ')[0], last: name.split(' ')[1], born: `19${40 + i}-06-15`, language: i % 2 ? 'pt' : 'en' }))

let stage
let browser

before(async () => {
  stage = Stage.prepare()
  const desk = stage.addKiosk('Front desk', 'Y99999')
  const room = stage.addKiosk('Waiting room', 'Y99999')
  const other = stage.addKiosk('Entrance', 'Y99998')
  await stage.serve()
  await stage.send(room, crowd.slice(0, 3), { seqs: [1, 2, 4], made: 5 })
  await stage.send(other, [{ first: 'Zelda', last: 'Elsewhere', born: '1961-01-01' }])
  await stage.send(desk, [...crowd.slice(3), ...named])
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await stage?.close()
})

const open = ({ person = people.priya, ...options } = {}) => openSignedIn(browser, stage, person, options)
const rowOf = (page, name) => page.locator('tbody tr', { hasText: name })

async function openSignup(page, name) {
  await rowOf(page, name).first().locator('.list__who a').click()
  await page.locator('.person__name', { hasText: name }).waitFor()
}

async function search(page, words) {
  await page.fill('#q', words)
  await page.press('#q', 'Enter')
  await page.locator('.found', { hasText: words }).waitFor()
}

test('sign in: what is missing is named, and the summary leads to the field', async () => {
  const page = await openPage(browser, stage.url)
  await page.click('#sign-in')
  await page.waitForSelector('.nhsuk-error-summary')
  assert.match(await page.title(), /^Error: Sign in/)
  assert.match(await focusedText(page), /There is a problem/)
  await page.click('.nhsuk-error-summary a >> nth=1')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'password')
  await checkAccessible(page)
  await shoot(page, 'sign-in-error')
  await finish(page)
})

test('sign in: a wrong password and an unknown address get the same words', async () => {
  const page = await openPage(browser, stage.url)
  const said = []
  for (const person of [people.priya, { email: 'nobody@example.com' }]) {
    const answered = page.waitForResponse('**/api/session')
    await signIn(page, person, 'not the right password')
    assert.equal((await answered).status(), 401)
    await page.waitForFunction((email) => document.querySelector('.nhsuk-error-summary') &&
      document.querySelector('#email').value === email, person.email)
    said.push(await textOf(page, '.nhsuk-error-summary'))
    assert.equal(await page.inputValue('#password'), '')
  }
  assert.equal(said[0], said[1])
  await finish(page)
})

test('the worklist: newest first, counts, pages, and a panel that waits', async () => {
  const page = await open()
  assert.equal(await textOf(page, 'h1'), 'Sign-ups')
  assert.match(await textOf(page, '.top__words'), /22 arrived today\. The kiosk last sent at \d\d:\d\d\./)
  assert.match(await textOf(page, '.pages'), /1 to 20 of 22/)
  assert.equal(await page.locator('tbody tr').count(), 20)
  assert.match(await textOf(page, '#show-all'), /All\s+22/)
  assert.match(await textOf(page, '.sheet--panel'), /Choose a sign-up/)
  await page.click('#page-next')
  await page.locator('.pages', { hasText: '21 to 22 of 22' }).waitFor()
  assert.equal(await page.locator('tbody tr').count(), 2)
  assert.match(page.url(), /\/sign-ups\?page=2$/)
  await page.goBack()
  await page.locator('.pages', { hasText: '1 to 20 of 22' }).waitFor()
  await finish(page)
})

test('names are text, whatever they hold', async () => {
  const page = await open()
  const row = rowOf(page, '<script>alert(1)</script> <b>Bold</b>')
  assert.equal(await row.count(), 1)
  assert.equal(await page.locator('main script, main td b, main th b').count(), 0)
  await openSignup(page, '<script>')
  assert.equal(await textOf(page, '.person__name'), '<script>alert(1)</script> <b>Bold</b>')
  const arabic = rowOf(page, 'محمد الأحمد').locator('bdi').first()
  assert.equal(await arabic.innerText(), 'محمد الأحمد')
  await shoot(page, 'names')
  await finish(page)
})

test('search: by name without accents, by NHS number, by reference; never in the address', async () => {
  const page = await open()
  for (const [words, name] of [['serban', 'Łukaszewski'], ['mensah gr', 'Grace Mensah'], ['999 000 0018', 'Grace Mensah']]) {
    await search(page, words)
    assert.equal(await page.locator('tbody tr').count(), 1, words)
    assert.match(await textOf(page, 'tbody'), new RegExp(name))
    assert.ok(!page.url().includes(words.split(' ')[0]))
    assert.equal(await page.evaluate(() => document.activeElement.id), 'q')
  }
  await page.locator('#spoken', { hasText: '1 sign-up, showing 1 to 1' }).waitFor({ state: 'attached' })
  await openSignup(page, 'Grace Mensah')
  const reference = (await textOf(page, '.person__reference')).replace('Reference ', '')
  await search(page, reference)
  assert.equal(await page.locator('tbody tr').count(), 1)
  await search(page, 'nobody of that name')
  assert.match(await textOf(page, '.empty h2'), /No sign-ups match your search/)
  await checkAccessible(page)
  await shoot(page, 'nothing-found')
  await page.click('#clear-search')
  await page.locator('.pages', { hasText: '1 to 20 of 22' }).waitFor()
  await finish(page)
})

test('filters keep the focus and say what they show', async () => {
  const page = await open()
  await page.focus('#show-needs_attention')
  await page.keyboard.press('Enter')
  await page.locator('#show-needs_attention[aria-current="true"]').waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.id), 'show-needs_attention')
  assert.ok(await page.locator('tbody tr').count() >= 1)
  assert.deepEqual(new Set(await page.locator('tbody .tag').allInnerTexts()), new Set(['Needs attention']))
  await page.click('#show-closed')
  await page.locator('.empty', { hasText: 'No sign-up has this status now' }).waitFor()
  await finish(page)
})

test('one sign-up: all that was said, and the focus goes to it', async () => {
  const page = await open()
  await openSignup(page, 'Grace Mensah')
  assert.equal(await focusedText(page), 'Grace Mensah')
  const facts = await textOf(page, '.facts >> nth=0')
  for (const words of [/14 March 1958 \(\d+\)/, /999\s000\s0018/, /grace\.mensah@example\.com/, /Yes, by phone/,
    /Account, GP record, Reminders/]) assert.match(facts, words)
  assert.match(await textOf(page, '.journey'), /Signed up on the kiosk[\s\S]*in English, on their own[\s\S]*Received/)
  assert.equal(await page.locator('[aria-current="step"] .journey__word').textContent(), 'Welcomed: next')
  await page.click('#all-answers')
  assert.match(await textOf(page, '.person'), /Set up my HeLP-Diabetes account\s+Yes[\s\S]*Ask me about research\s+No/)
  assert.match(await textOf(page, '.person'), /NW1 2BU/)
  await checkAccessible(page)
  await finish(page)
})

test('status: welcomed, then activated, with who and when', async () => {
  const page = await open()
  await openSignup(page, 'Grace Mensah')
  await page.click('#mark-welcomed')
  await page.locator('.saved', { hasText: 'Grace Mensah is now marked Welcomed' }).waitFor()
  assert.equal(await focusedText(page), 'Grace Mensah')
  assert.match(await textOf(page, '.journey'), /Welcomed[\s\S]*by Priya Nair/)
  await page.click('#mark-activated')
  await page.locator('.saved', { hasText: 'Activated' }).waitFor()
  assert.match(await rowOf(page, 'Grace Mensah').innerText(), /Activated[\s\S]*Nothing to do/)
  assert.match(await textOf(page, '#show-activated'), /1/)
  await finish(page)
})

test('closing asks why; withdrawing asks again and is final', async () => {
  const page = await open()
  await openSignup(page, 'Sheila Hartley')
  await page.click('#close-sign-up')
  await page.click('#close-it')
  await page.waitForSelector('dialog .nhsuk-error-summary')
  await checkAccessible(page)
  await shoot(page, 'close')
  await page.check('#close-withdrawn')
  await page.fill('#close-note', 'Told the desk')
  await page.click('#close-it')
  await page.waitForSelector('#withdraw')
  await shoot(page, 'withdraw')
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  assert.equal(await textOf(page, '.person .tag'), 'Received')
  await page.click('#close-sign-up')
  await page.check('#close-withdrawn')
  await page.fill('#close-note', 'Told the desk')
  await page.click('#close-it')
  await page.click('#withdraw')
  await page.locator('.person .tag', { hasText: 'Withdrawn' }).waitFor()
  assert.match(await textOf(page, '.person'), /Told the desk/)
  assert.equal(await page.locator('#mark-welcomed, #close-sign-up, #reopen').count(), 0)
  await finish(page)
})

test('two that may be one stand side by side, and a person decides', async () => {
  const page = await open()
  await openSignup(page, 'Abdul Karim')
  await page.click('text=See them side by side')
  await page.waitForSelector('.compare')
  assert.match(await focusedText(page), /Are these the same person/)
  assert.match(await textOf(page, '.compare'), /Born\s+2 January 1966\s+2 January 1966\s+Same/)
  assert.match(await textOf(page, '.compare__differs >> text=Filled in'), /Filled in/)
  assert.match(await textOf(page, '.compare thead'), /Arrived/)
  await checkAccessible(page)
  await shoot(page, 'compare')
  await page.click('button[data-duplicate] >> nth=0')
  await page.waitForSelector('.person')
  await page.click('#show-closed')
  await page.locator('tbody .tag', { hasText: 'Duplicate' }).waitFor()
  await openSignup(page, 'Abdul Karim')
  await page.click('#reopen')
  await page.locator('.person .tag', { hasText: 'Received' }).waitFor()
  await finish(page)
})

test('the spreadsheet: what the list shows, and no cell that runs', async () => {
  const page = await open()
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')])
  assert.match(download.suggestedFilename(), /^sign-ups-\d{4}-\d\d-\d\d\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  assert.ok(text.startsWith('\ufeff"') && text.endsWith('"\r\n'))
  assert.equal(text.trim().split('\r\n').length, 23)
  assert.ok(text.includes(`"'=HYPERLINK(0)"`) && text.includes(`"'+441"`))
  assert.ok(!text.includes('Elsewhere'))
  await page.locator('#exported', { hasText: download.suggestedFilename() }).waitFor()
  await finish(page)
})

test('the proof: made, received and missing, with what to do', async () => {
  const page = await open()
  await page.click('#to-kiosks')
  await page.waitForSelector('.kiosk')
  assert.match(await textOf(page, '.proof'), /2 sign-ups are missing[\s\S]*2 kiosks: made 24, received 22, missing 2\./)
  assert.match(await textOf(page, '.kiosk >> nth=0'), /Waiting room[\s\S]*Made 5, received 3, missing 2[\s\S]*3, 5[\s\S]*Keep this kiosk switched on/)
  assert.match(await textOf(page, '.kiosk >> nth=1'), /Front desk[\s\S]*Connected[\s\S]*Made 19, received 19, missing 0/)
  assert.ok(!(await textOf(page, 'main')).includes('Entrance'))
  await finish(page)
})

test('the proof claims nothing of kiosks that are not heard', async () => {
  const page = await open()
  const kiosk = { id: 'a', name: 'Corridor', practice: { code: 'Y99999', name: 'Elm Grove Surgery' }, mode: 'live', made: 0, received: 0,
    missing: 0, missing_seqs: '', waiting: 0, needs_attention: 0, unread: 0, withdrawn: 0, last_contact: null, version: '', state: 'never' }
  for (const [kiosks, said] of [
    [[kiosk], /No kiosk has sent anything yet/],
    [[kiosk, { ...kiosk, made: 4, received: 4, last_contact: '2026-01-02T03:04:05Z', state: 'quiet' }],
      /Nothing is missing[\s\S]*What 1 quiet kiosk made since the last contact is not counted yet/]
  ]) {
    await page.route('**/api/kiosks', (route) => route.fulfill({ json: { kiosks } }))
    await page.goto(`${stage.url}/kiosks`)
    await page.waitForSelector('.kiosk')
    assert.match(await textOf(page, '.proof'), said)
    await checkAccessible(page)
    await shoot(page, `kiosks-${kiosks.length}-silent`)
    await page.unroute('**/api/kiosks')
  }
  await finish(page)
})

test('a practice that begins: no sign-ups, and no panel that asks to choose one', async () => {
  const page = await open()
  await page.route('**/api/signups/search', async (route) => {
    const real = await (await route.fetch()).json()
    const counts = Object.fromEntries(Object.keys(real.counts).map((name) => [name, 0]))
    await route.fulfill({ json: { ...real, total: 0, counts, items: [], arrived_today: 0, last_contact: null } })
  })
  await page.goto(`${stage.url}/sign-ups`)
  await page.waitForSelector('.empty')
  assert.match(await textOf(page, 'main'), /None arrived today\. No kiosk has sent anything yet\.[\s\S]*No sign-ups yet/)
  assert.equal(await page.locator('aside').count(), 0)
  await checkAccessible(page)
  await shoot(page, 'nothing-yet')
  await finish(page)
})

test('each practice sees its own; the programme sees all', async () => {
  const mine = await open()
  await openSignup(mine, 'Grace Mensah')
  const address = new URL(mine.url()).pathname
  await finish(mine)

  const other = await openSignedIn(browser, stage, people.omar)
  assert.match(await textOf(other, '.banner'), /Hill Road Practice/)
  assert.match(await textOf(other, 'tbody'), /Zelda Elsewhere/)
  assert.equal(await other.locator('tbody tr').count(), 1)
  await other.goto(stage.url + address)
  await other.waitForSelector('#try-again')
  assert.equal(await textOf(other, 'h1'), 'We could not find that')
  assert.ok(!(await textOf(other, 'body')).includes('Grace'))
  await shoot(other, 'not-found')
  await finish(other)

  const all = await openSignedIn(browser, stage, people.ruth)
  assert.match(await textOf(all, '.pages'), /of 23/)
  await search(all, 'zelda')
  assert.match(await textOf(all, 'tbody'), /Hill Road Practice/)
  await shoot(all, 'programme')
  await finish(all)
})

test('a session that ended: nothing stays on the screen, and signing in goes on at the same place', async () => {
  const page = await open()
  await search(page, 'mensah')
  await openSignup(page, 'Grace Mensah')
  const address = page.url()
  await page.context().clearCookies()
  await page.click('#to-kiosks')
  await page.waitForSelector('#email')
  assert.match(await textOf(page, '.note'), /Sign in to go on where you were/)
  assert.ok(!(await page.content()).includes('Mensah'))
  await shoot(page, 'session-ended')
  await signIn(page, people.priya)
  await page.waitForSelector('.kiosk')
  await page.goto(address)
  await page.locator('.person__name', { hasText: 'Grace Mensah' }).waitFor()
  await finish(page)
})

test('after one person’s session another does not get their place', async () => {
  const page = await open()
  await search(page, 'mensah')
  await page.context().clearCookies()
  await page.click('#to-kiosks')
  await page.waitForSelector('#email')
  await signIn(page, people.omar)
  await page.locator('tbody', { hasText: 'Zelda' }).waitFor()
  assert.equal(await page.inputValue('#q'), '')
  assert.equal(new URL(page.url()).pathname, '/sign-ups')
  await finish(page)
})

test('nothing done for as long as a session lasts: the screen is cleared by itself', async () => {
  const page = await open()
  await page.clock.install()
  await page.reload()
  await page.waitForSelector('.list')
  await page.clock.fastForward('29:30')
  assert.equal(await page.locator('#email').count(), 0)
  await page.click('#to-kiosks')
  await page.waitForSelector('.kiosk')
  await page.click('#to-sign-ups')
  await page.waitForSelector('.list')
  await page.clock.fastForward('29:00')
  assert.equal(await page.locator('#email').count(), 0)
  await page.clock.fastForward('02:00')
  await page.waitForSelector('#email')
  assert.match(await textOf(page, '.note'), /nothing happened for a while/)
  assert.ok(!(await page.content()).includes('Mensah'))
  await finish(page)
})

test('signing out ends the session at the server too', async () => {
  const page = await open({ anew: true })
  await page.click('#sign-out')
  await page.locator('.note', { hasText: 'You are signed out' }).waitFor()
  await page.reload()
  await page.waitForSelector('#email')
  await finish(page)
})

test('a server that is away, or answers nonsense, is told in words, and trying again works', async () => {
  const page = await open()
  for (const [answer, title] of [
    [(route) => route.abort(), 'We can’t reach the server'],
    [(route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Wi-Fi sign-in</h1>' }), 'Something went wrong'],
    [(route) => route.fulfill({ status: 502, body: 'Bad gateway' }), 'Something went wrong']
  ]) {
    await page.route('**/api/kiosks', answer)
    await page.click('#to-kiosks')
    await page.waitForSelector('#try-again')
    assert.equal(await textOf(page, 'h1'), title)
    assert.equal(await focusedText(page), title)
    await checkAccessible(page)
    await shoot(page, 'server-away')
    await page.unroute('**/api/kiosks')
    await page.click('#try-again')
    await page.waitForSelector('.kiosk')
    await page.click('#to-sign-ups')
    await page.waitForSelector('.list')
  }
  page.faults = page.faults.filter((fault) => !fault.includes('502'))
  await finish(page)
})

for (const [size, viewport] of Object.entries({ wide, narrow, smallest: { width: 320, height: 640 } })) {
  test(`every page ${size === 'smallest' ? 'fits' : 'is accessible and fits'}: ${size}`, async () => {
    const first = await openPage(browser, stage.url, viewport)
    if (size !== 'smallest') await checkAccessible(first)
    await checkFits(first)
    await shoot(first, `sign-in-${size}`)
    await finish(first)

    const page = await open({ viewport })
    const look = async (name) => {
      if (size !== 'smallest') await checkAccessible(page)
      await checkFits(page)
      await shoot(page, `${name}-${size}`)
    }
    await look('sign-ups')
    await openSignup(page, 'Abdul Karim')
    await look('sign-up')
    await page.click('#all-answers')
    await page.click('#all-history')
    await look('sign-up-open')
    await page.click('#close-sign-up')
    await look('close')
    await page.keyboard.press('Escape')
    await page.click('text=See them side by side')
    await page.waitForSelector('.compare')
    const inside = await page.locator('.compare tbody tr:first-child td:nth-of-type(2)').boundingBox()
    assert.ok(inside.x + inside.width <= viewport.width, 'both sides are in sight')
    await look('compare')
    await page.click('#to-kiosks')
    await page.waitForSelector('.kiosk')
    await look('kiosks')
    await finish(page)
  })
}

test('the list fits its sheet at every width, for a practice and for the programme', async () => {
  for (const person of [people.priya, people.ruth]) {
    const page = await open({ person })
    for (const width of [1440, 1366, 1280, 1279, 1024, 896, 895, 768, 767, 600]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(`${stage.url}/sign-ups`)
      await page.waitForSelector('.list')
      await checkFits(page)
      const over = await page.evaluate(() => document.querySelector('.list').getBoundingClientRect().right -
        document.querySelector('.pages').getBoundingClientRect().right)
      assert.ok(over <= 0, `${person.name}, ${width} px: the list is ${over} px wider than its sheet`)
    }
    await shoot(page, `list-${person.practice ?? 'programme'}-600`)
    await finish(page)
  }
})

test('the keyboard alone: skip link, list, detail, status', async () => {
  const page = await open()
  await page.reload()
  await page.waitForSelector('.list')
  await page.keyboard.press('Tab')
  assert.equal(await focusedText(page), 'Skip to the main part')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q')
  await page.focus('tbody tr:nth-child(2) .list__who a')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.person')
  assert.equal(await focusedText(page), await textOf(page, '.person__name'))
  await finish(page)
})

test('a first visit, with letters beyond Western European ones, weighs at most 250 KiB', async () => {
  const context = await browser.newContext({ viewport: wide })
  const page = await context.newPage()
  const sizes = []
  page.on('requestfinished', (request) => sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) =>
    [new URL(request.url()).pathname, responseBodySize + responseHeadersSize])))
  await page.goto(stage.url)
  await page.waitForSelector('#email')
  await signIn(page, people.priya)
  await page.waitForSelector('.list')
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('networkidle')
  const files = await Promise.all(sizes)
  assert.ok(files.some(([name]) => name.includes('latin-ext')), 'the second font file is among them')
  const total = files.reduce((sum, [, bytes]) => sum + bytes, 0)
  console.log(`portal page weight: ${total} bytes of ${250 * 1024}, ${files.length} requests`)
  assert.ok(total <= 250 * 1024)
  await context.close()
})
