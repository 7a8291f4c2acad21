// A browser that watches: every error on the console, every breach of the content security policy
// and every fault that axe finds fails the test that caused it.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { password } from './stage.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const shots = process.env.PORTAL_SHOTS

export const wide = { width: 1440, height: 1000 }
export const narrow = { width: 390, height: 844 }

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync']
  })
}

// A page that nobody is signed in to. `faults` collects what went wrong; refusals that a test
// causes on purpose (a 401 on the console) are no fault of the page.
export async function openPage(browser, address, viewport = wide, storageState = undefined) {
  const context = await browser.newContext({ viewport, acceptDownloads: true, locale: 'en-GB', storageState })
  context.setDefaultTimeout(15000)
  const page = await context.newPage()
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(error.message))
  page.on('console', (message) => {
    const refused = /^Failed to load resource: (the server responded with a status of 40[14]|net::ERR_)/
    if (message.type() === 'error' && !refused.test(message.text())) page.faults.push(message.text())
  })
  await page.goto(address)
  await page.waitForSelector('h1')
  return page
}

export async function signIn(page, person, secret = password) {
  await page.fill('#email', person.email)
  await page.fill('#password', secret)
  await page.click('#sign-in')
}

// Each person signs in once, since a password takes the server its time, and all windows share the
// session; `anew` gives the window a session of its own.
const sessions = new Map()

export async function openSignedIn(browser, stage, person, { viewport = wide, anew = false } = {}) {
  const known = anew ? undefined : sessions.get(person)
  const page = await openPage(browser, stage.url, viewport, known)
  if (!known) {
    await signIn(page, person)
    await page.waitForSelector('#sign-out')
    if (!anew) sessions.set(person, await page.context().storageState())
  }
  await page.waitForSelector('.top')
  return page
}

export async function checkAccessible(page) {
  const found = await page.evaluate(`${axe}; axe.run(document, { runOnly: ${JSON.stringify(rules)} })
    .then(({ passes, violations }) => ({ passes: passes.length, violations: violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; ')) }))`)
  assert.ok(found.passes > 10, 'axe looked at the page')
  assert.deepEqual(found.violations, [])
}

export async function checkFits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(over <= 0, `nothing is wider than the window (${over} px over)`)
}

export async function shoot(page, name) {
  if (!shots) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: page.viewportSize().width < 1000 })
}

export const textOf = (page, selector) => page.locator(selector).innerText()
export const focusedText = (page) => page.evaluate(() => document.activeElement.textContent.trim())

export async function finish(page) {
  assert.deepEqual(page.faults, [])
  await page.context().close()
}
