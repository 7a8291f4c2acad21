// One sign-up: what the patient answered and agreed to, where they are, and what can be done next.
// Closing a sign-up asks which way first; withdrawing, which can't be undone, asks once more.
import { ErrorSummary } from 'nhsuk-frontend'
import { api } from '../api.js'
import { render, whileBusy } from '../view.js'
import { isClosed, nextStep, nhsNumber, shownStatus, statusWord } from '../words.js'

// The answers that the panel shows by name where the form has them (linkIds of questionnaire.json);
// everything, these too, stands under "All answers".
const contactLinks = { email: 'Email', mobile: 'Mobile', 'start-help': 'Wants help' }

// What was agreed to, in a word each; a wording that is not known here is given in full.
const agreements = {
  'agree-account': 'Account',
  'agree-record': 'GP record',
  'agree-reminders': 'Reminders',
  'agree-research': 'Research'
}

function answerTo(signup, linkId) {
  return signup.answers.find(({ link_id }) => link_id === linkId)?.value ?? ''
}

function sections(answers) {
  const named = new Map()
  for (const answer of answers) {
    const section = answer.section || 'Answers'
    named.set(section, [...(named.get(section) ?? []), answer])
  }
  return [...named].map(([name, rows]) => ({ name, rows }))
}

// Where they are: four steps on the way, or the way that ended.
function journey(signup) {
  const newestFirst = [...signup.history].sort((a, b) => b.at.localeCompare(a.at))
  const marked = (word) => newestFirst.find(({ what }) => what.toLowerCase() === `marked ${word}`)
  const order = ['received', 'welcomed', 'activated']
  const reached = isClosed(signup.status)
    ? Math.max(0, ...order.map((status, i) => (marked(status) ? i : 0)))
    : order.indexOf(signup.status)
  const steps = [
    { word: 'Signed up on the kiosk', at: signup.made_at, language: signup.language, state: 'done' },
    { word: 'Received', at: signup.received_at, state: 'done' },
    reached >= 1 ? { word: 'Welcomed', ...marked('welcomed'), state: 'done' } : { word: 'Welcomed', state: 'to-do' },
    reached >= 2 ? { word: 'Activated', ...marked('activated'), state: 'done' } : { word: 'Activated', state: 'to-do' }
  ]
  if (!isClosed(signup.status)) {
    const next = steps.find(({ state }) => state === 'to-do')
    if (next) next.state = 'now'
    return steps
  }
  const end = { word: statusWord(signup.status), ...marked(statusWord(signup.status).toLowerCase()), state: 'ended' }
  return [...steps.filter(({ state }) => state === 'done'), end]
}

const nextStatus = { received: 'welcomed', welcomed: 'activated' }

export function describe(signup) {
  const facts = Object.entries(contactLinks)
    .map(([linkId, label]) => ({ label, value: answerTo(signup, linkId) }))
    .filter(({ value }) => value !== '')
  return {
    ...signup,
    name: [signup.given_name, signup.family_name].filter(Boolean).join(' '),
    shown: shownStatus(signup),
    closed: isClosed(signup.status),
    final: signup.status === 'withdrawn',
    next: nextStep(signup),
    markNext: nextStatus[signup.status] ?? null,
    number: nhsNumber(signup.nhs_number),
    facts,
    agreed: signup.consents.filter(({ given }) => given).map(({ id, label }) => agreements[id] ?? label),
    sections: sections(signup.answers),
    journey: journey(signup)
  }
}

export function startSignup(root, signup, { refresh, fail }) {
  async function mark(status, note = '') {
    try {
      const fresh = await api.setStatus(signup.id, status, note)
      refresh({ signup: fresh, saved: `Saved. ${signup.name} is now marked ${statusWord(status)}.` })
    } catch (error) {
      if (!error.kind) throw error
      fail(error)
    }
  }

  for (const button of root.querySelectorAll('button[data-mark]')) {
    button.addEventListener('click', () => whileBusy(button, () => mark(button.dataset.mark)))
  }
  const close = root.querySelector('#close-sign-up')
  close?.addEventListener('click', () => askHowToClose(signup, mark))
}

// The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back.
function openDialog(template, data) {
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.setAttribute('aria-labelledby', 'dialog-title')
  dialog.addEventListener('close', () => dialog.remove())
  document.getElementById('main').append(dialog)
  render(dialog, template, data)
  dialog.showModal()
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
  return dialog
}

function askHowToClose(signup, mark) {
  const dialog = openDialog('close', { signup })
  listen()

  function listen() {
    const form = dialog.querySelector('form')
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const given = new FormData(form)
      const status = given.get('status')
      const note = given.get('note').trim()
      if (!status) return complain(note)
      dialog.close()
      if (status === 'withdrawn') askToWithdraw(signup, () => mark(status, note))
      else mark(status, note)
    })
  }

  function complain(note) {
    render(dialog, 'close', { signup, note, error: 'Choose why you are closing this sign-up' })
    dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
    new ErrorSummary(dialog.querySelector('.nhsuk-error-summary'))
    listen()
  }
}

function askToWithdraw(signup, withdraw) {
  const dialog = openDialog('withdraw', { signup })
  dialog.querySelector('#withdraw').addEventListener('click', () => {
    dialog.close()
    withdraw()
  })
}
