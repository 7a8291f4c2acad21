// Turns a template and its data into the page, and looks after what a sighted mouse user gets for
// free: where the focus goes, what a screen reader is told, and what the tab is called. Autoescape
// is on and no template marks data as safe, so a name is always text and never markup.
import { Environment } from 'nunjucks/src/environment.js'
import { PrecompiledLoader } from 'nunjucks/src/precompiled-loader.js'
import templates from 'portal:templates'
import * as words from './words.js'

const environment = new Environment(new PrecompiledLoader(templates), { autoescape: true })
environment.addFilter('when', words.when)
environment.addFilter('whenInSentence', words.whenInSentence)
environment.addFilter('longDate', words.longDate)
environment.addFilter('nhsNumber', words.nhsNumber)
environment.addFilter('language', words.language)
environment.addFilter('mode', words.mode)
environment.addFilter('statusWord', words.statusWord)
environment.addFilter('tagOf', words.tagOf)
environment.addFilter('count', words.count)
environment.addFilter('thousands', words.thousands)

export function render(element, template, data = {}) {
  element.innerHTML = environment.render(`portal/${template}.njk`, data)
  return element
}

export const main = () => document.getElementById('main')

// Shows a page. Focus stays on the control that was used if the new page has it too (its id says
// so); otherwise it goes to the part marked data-focus, or to the heading, so that what is read out next is what changed.
export function showPage(title, template, data, { keepFocus = false, moveFocus = true } = {}) {
  const used = keepFocus ? document.activeElement?.id : ''
  document.title = `${title} - HeLP-Diabetes portal`
  const root = render(main(), template, data)
  root.removeAttribute('aria-busy')
  const same = used ? document.getElementById(used) : null
  const target = same ?? root.querySelector('[data-focus]') ?? root.querySelector('h1')
  if (target && (moveFocus || same)) focusOn(target, same !== null)
  return root
}

function focusOn(target, stay) {
  const focusable = target.matches('a[href], button, input, textarea, select')
  if (!focusable) {
    target.tabIndex = -1
    target.addEventListener('blur', () => target.removeAttribute('tabindex'), { once: true })
  }
  target.focus({ preventScroll: true })
  if (!stay && target.matches('h1')) window.scrollTo(0, 0)
  else target.scrollIntoView({ block: 'nearest' })
}

// Says something to screen readers without moving anything.
export function announce(text) {
  const spoken = document.getElementById('spoken')
  spoken.textContent = ''
  requestAnimationFrame(() => { spoken.textContent = text })
}

// A form that is being sent says so and can't be sent twice.
export async function whileBusy(button, work) {
  if (button.getAttribute('aria-disabled') === 'true') return
  button.setAttribute('aria-disabled', 'true')
  try {
    await work()
  } finally {
    button.removeAttribute('aria-disabled')
  }
}
