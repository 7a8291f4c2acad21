// Two sign-ups that may be one person's, side by side, with a word for what differs, so that a
// person decides and never the software.
import { api } from '../api.js'
import { lines } from '../side-by-side.js'
import { whileBusy } from '../view.js'
import { describe } from './sign-up.js'

export const compare = {
  template: 'compare',

  async load({ params, signal }) {
    const both = await Promise.all([params.id, params.other].map((id) => api.signup(id, signal)))
    const [first, second] = both.map(describe)
    return { first, second, lines: lines(first, second) }
  },

  title: ({ first, second }) => `Compare ${first.reference} and ${second.reference}`,

  start(root, { first, second }, { go, fail }) {
    for (const button of root.querySelectorAll('button[data-duplicate]')) {
      const isFirst = button.dataset.duplicate === first.id
      const [double, kept] = isFirst ? [first, second] : [second, first]
      button.addEventListener('click', () => whileBusy(button, async () => {
        try {
          await api.setStatus(double.id, 'duplicate', `The same person as ${kept.reference}`)
          go(`/sign-ups/${kept.id}`)
        } catch (error) {
          if (!error.kind) throw error
          fail(error)
        }
      }))
    }
  }
}
