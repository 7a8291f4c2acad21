// The portal in a real browser against the real server: what a receptionist and a practice manager do.
// tests/portal/run starts the server, signs people up at a kiosk and hands over what it made.
import { test, before, after } from 'node:test'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const { PORTAL_URL, PORTAL_PASSWORD, PORTAL_REFERENCES, PORTAL_SHOTS } = process.env
const references = PORTAL_REFERENCES.split(' ')
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser, page, bytes = 0
const complaints = []

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync']
  })
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  page.on('console', message => {
    // A 401 before signing in is how the page learns that nobody is signed in.
    if (message.type() === 'error' && !/401|403/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  page.on('response', async response => { bytes += (await response.body().catch(() => '')).length })
})
after(() => browser.close())

async function accessible (name) {
  await page.screenshot({ path: `${PORTAL_SHOTS}/${name}.png` })
  // Injected through the debugger, so the page's own content security policy stays as it is.
  const result = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] })`)
  assert.deepEqual(result.violations.map(v => `${v.id}: ${v.nodes[0].html}`), [], name)
}

async function signIn (password) {
  await page.fill('#email', 'priya.nair@example.com')
  await page.fill('#password', password)
  await page.click('#sign-in')
}

test('a wrong password is refused in words that help nobody to guess', async () => {
  await page.goto(PORTAL_URL)
  await page.waitForSelector('#sign-in')
  await accessible('sign-in')
  await signIn('not the password')
  await page.waitForSelector('.nhsuk-error-summary')
  await accessible('sign-in-wrong')
})

test('the worklist shows who signed up', async () => {
  await signIn(PORTAL_PASSWORD)
  await page.waitForSelector('table tbody tr')
  assert.equal(await page.locator('table tbody tr').count(), references.length)
  await accessible('sign-ups')
})

test('a search by reference finds one, by nonsense none', async () => {
  await page.fill('#q', references[0])
  await page.click('#search-go')
  await page.waitForFunction(() => document.querySelectorAll('table tbody tr').length === 1)
  await page.fill('#q', 'nobody of this name')
  await page.click('#search-go')
  await page.waitForFunction(() => document.querySelectorAll('table tbody tr').length === 0)
  await page.click('#clear-search')
  await page.waitForSelector('table tbody tr')
  assert.ok(!page.url().includes('nobody'), 'names never stand in an address')
})

test('a sign-up is opened and marked as welcomed', async () => {
  await page.locator('[id^="open-"]').first().click()
  await page.waitForSelector('#mark-welcomed')
  await accessible('sign-up')
  await page.click('#mark-welcomed')
  await page.waitForSelector('#mark-activated')
  await page.click('#show-welcomed')
  await page.waitForFunction(() => document.querySelectorAll('table tbody tr').length === 1)
  await page.click('#show-all')
  await page.waitForFunction(n => document.querySelectorAll('table tbody tr').length === n, references.length)
})

test('the spreadsheet holds every sign-up and no formula', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')])
  const text = await readFile(await download.path(), 'utf8')
  for (const reference of references) assert.ok(text.includes(reference), reference)
  for (const cell of text.split(/\r\n/).flatMap(line => line.split(','))) {
    assert.ok(!/^"?[=+\-@]/.test(cell), cell)
  }
})

test('the proof says that nothing is missing', async () => {
  await page.click('#to-kiosks')
  await page.waitForSelector('text=missing 0')
  assert.ok((await page.textContent('main')).includes(`received ${references.length}`))
  await accessible('kiosks')
})

test('it works on a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.click('#to-sign-ups')
  await page.waitForSelector('[id^="open-"]')
  await accessible('sign-ups-narrow')
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(wider <= 0, `${wider} pixels too wide`)
})

test('after signing out nothing is shown any more', async () => {
  await page.click('#sign-out')
  await page.waitForSelector('#sign-in')
  await page.goto(`${PORTAL_URL}/sign-ups`)
  await page.waitForSelector('#sign-in')
  assert.equal(await page.locator('table').count(), 0)
})

test('no error, no broken policy, no heavy page', () => {
  assert.deepEqual(complaints, [])
  assert.ok(bytes < 3 * 250 * 1024, `${bytes} bytes in all for the whole walk`)
})
