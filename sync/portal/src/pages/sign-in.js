// Sign in. Shown in the place of any page while nobody is signed in. The server says the same words
// for an unknown address and a wrong password, and this page adds nothing to them.
import { ErrorSummary } from 'nhsuk-frontend'
import { api } from '../api.js'
import { showPage, whileBusy } from '../view.js'

function missing({ email, password }) {
  const errors = []
  if (!email) errors.push({ field: 'email', text: 'Enter your email address' })
  if (!password) errors.push({ field: 'password', text: 'Enter your password' })
  return errors
}

export function askToSignIn({ why, moveFocus, done }) {
  show({ why, email: '', errors: [] }, moveFocus)

  function show(data, focus = true) {
    const fields = Object.fromEntries(data.errors.map(({ field, text }) => [field, text]))
    const title = data.errors.length > 0 ? 'Error: Sign in' : 'Sign in'
    const root = showPage(title, 'sign-in', { ...data, fields }, { moveFocus: focus })
    const summary = root.querySelector('.nhsuk-error-summary')
    if (summary) new ErrorSummary(summary)
    const form = root.querySelector('form')
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      whileBusy(form.querySelector('button'), () => send(new FormData(form)))
    })
  }

  async function send(form) {
    const email = form.get('email').trim()
    const password = form.get('password')
    const errors = missing({ email, password })
    if (errors.length > 0) return show({ why: '', email, errors })
    try {
      done(await api.signIn(email, password))
    } catch (error) {
      if (!error.kind) throw error
      const field = error.kind === 'signed-out' ? 'email' : ''
      show({ why: '', email, errors: [{ field, text: error.message }] })
    }
  }
}
