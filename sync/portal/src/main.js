// The portal's frame: who is signed in, which page the address means, and what is shown while it
// loads or when it fails. A page is an object with `load` (fetches what it shows), `title` and
// `template` (functions of that data) and `start` (wires up its controls). When a session ends the
// address stays as it is, so signing in again goes on at the same place.
import { createAll, SkipLink } from 'nhsuk-frontend'
import { api, heard } from './api.js'
import { findRoute, startRouter } from './router.js'
import { announce, main, render, showPage } from './view.js'
import { initials } from './words.js'
import { askToSignIn } from './pages/sign-in.js'
import { compare } from './pages/compare.js'
import { kiosks } from './pages/kiosks.js'
import { forgetPlace, signups, wide } from './pages/sign-ups.js'

const routes = [
  ['/sign-ups', signups],
  ['/sign-ups/:id', signups],
  ['/sign-ups/:id/compare/:other', compare],
  ['/kiosks', kiosks]
]

const slow_ms = 400
const look_every_ms = 5000

let session = null
let lastUser = ''
let shown = null // the page on the screen
let shownPath = ''
let loading = new AbortController()

function showBanner() {
  const banner = document.getElementById('banner')
  if (!session) return banner.replaceChildren()
  const section = location.pathname.startsWith('/kiosks') ? 'kiosks' : 'sign-ups'
  render(banner, 'banner', { ...session, section, initials: initials(session.user.name) })
  banner.querySelector('#sign-out').addEventListener('click', signOut)
}

async function signOut() {
  try {
    await api.signOut()
  } catch (error) {
    if (error.kind !== 'signed-out') return showProblem(error)
  }
  forgetPlace()
  lastUser = ''
  history.pushState(null, '', '/')
  signIn({ why: 'You are signed out.' })
}

function signIn({ why = '', moveFocus = true } = {}) {
  loading.abort()
  session = null
  shown = null
  showBanner()
  askToSignIn({ why, moveFocus, done: signedIn })
}

function signedIn(fresh, moveFocus = true) {
  session = fresh
  if (lastUser && lastUser !== session.user.email) {
    forgetPlace()
    history.replaceState(null, '', '/')
  }
  lastUser = session.user.email
  showAddress({ moveFocus })
}

function showProblem(error, moveFocus = true) {
  const title = { unreachable: 'We can’t reach the server', missing: 'We could not find that',
    refused: 'You can’t open that', busy: 'Too many tries' }[error.kind] ?? 'Something went wrong'
  shown = null
  const root = showPage(title, 'problem', { title, error }, { moveFocus })
  root.querySelector('#try-again').addEventListener('click', () => (session ? showAddress() : resume()))
}

const signedOut = 'You were signed out because nothing happened for a while. Sign in to go on where you were.'

// When nothing was asked for as long as the server keeps a session, nobody's name stays on the screen.
// The wall clock is looked at again and again, since a timer stands still while a computer sleeps.
function clearWhenIdle() {
  if (session && Date.now() - heard.at >= session.idle_s * 1000) signIn({ why: signedOut })
}

function fail(error, moveFocus) {
  if (error.kind === 'signed-out') {
    signIn({ why: signedOut, moveFocus })
  } else {
    showProblem(error, moveFocus)
  }
}

// Shows the page that the address means. `given` is what the page already knows (the answer to the
// action that made it change) and need not fetch again.
async function showAddress({ moveFocus = true, given = {} } = {}) {
  loading.abort()
  loading = new AbortController()
  const { signal } = loading
  if (location.pathname === '/') history.replaceState(null, '', '/sign-ups')
  const route = findRoute(routes, location.pathname)
  showBanner()
  if (!route) {
    return showProblem({ kind: 'missing', message: 'Check the address, or choose a page above.' }, moveFocus)
  }
  const { page, params } = route
  const samePage = shown === page
  const waiting = setTimeout(() => showWaiting(samePage), slow_ms)
  try {
    const context = { params, query: new URLSearchParams(location.search), session, signal, given }
    const data = await page.load(context)
    if (signal.aborted) return
    const root = showPage(page.title(data), page.template, { session, ...data },
      { keepFocus: samePage && shownPath === location.pathname, moveFocus })
    shown = page
    shownPath = location.pathname
    page.start(root, data, { go, refresh, fail })
    const said = page.spoken?.(data)
    if (said) announce(said)
  } catch (error) {
    if (signal.aborted) return
    if (!error.kind) throw error
    fail(error, moveFocus)
  } finally {
    clearTimeout(waiting)
  }
}

function showWaiting(samePage) {
  main().setAttribute('aria-busy', 'true')
  announce('Loading')
  if (!samePage) render(main(), 'waiting')
}

function go(address) {
  history.pushState(null, '', address)
  showAddress()
}

const refresh = (given) => showAddress({ given })

async function resume(moveFocus = true) {
  try {
    signedIn(await api.session(), moveFocus)
  } catch (error) {
    if (error.kind === 'signed-out') signIn({ moveFocus })
    else showProblem(error, moveFocus)
  }
}

function open() {
  document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
  createAll(SkipLink)
  startRouter(() => session && showAddress())
  wide.addEventListener('change', () => shown === signups && showAddress({ moveFocus: false }))
  setInterval(clearWhenIdle, look_every_ms)
  resume(false)
}

open()
