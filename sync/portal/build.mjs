// Builds the portal: styles, templates and scripts become a handful of static files that any web
// server can hand out. Nothing is fetched and nothing is compiled in the browser, so the page runs
// under a policy that allows no inline script and no eval. Usage: node build.mjs [output folder]
import { build } from 'esbuild'
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PurgeCSS } from 'purgecss'
import * as sass from 'sass'
import subsetFont from 'subset-font'

const require = createRequire(import.meta.url)
const nunjucks = require('nunjucks')
const here = path.dirname(fileURLToPath(import.meta.url))
const source = path.join(here, 'src')
const modules = path.join(here, 'node_modules')
const output = path.resolve(process.argv[2] ?? path.join(here, 'dist'))

// The most that one page may make a browser fetch, before any compression (quality.md: 250 KiB).
const budget_bytes = 250 * 1024

const templateFolders = {
  portal: path.join(source, 'templates'),
  nhsuk: path.join(modules, 'nhsuk-frontend/dist/nhsuk')
}

// Our templates and whatever parts of nhsuk-frontend they import, each once.
async function collectTemplates() {
  const found = new Map()
  const waiting = (await readdir(templateFolders.portal)).map((file) => `portal/${file}`)
  while (waiting.length > 0) {
    const name = waiting.pop()
    if (found.has(name)) continue
    const [folder, ...rest] = name.split('/')
    const text = await readFile(path.join(templateFolders[folder], ...rest), 'utf8')
    found.set(name, text)
    for (const [, wanted] of text.matchAll(/(?:from|include|import|extends) "([^"]+\.njk)"/g)) {
      const relative = wanted.startsWith('.')
      waiting.push(relative ? path.posix.join(path.posix.dirname(name), wanted) : wanted)
    }
  }
  return found
}

async function compileTemplates() {
  const parts = []
  for (const [name, text] of await collectTemplates()) {
    parts.push(nunjucks.precompileString(text, {
      name,
      wrapper: ([{ name, template }]) => `${JSON.stringify(name)}: (() => {${template}})()`
    }))
  }
  return `export default {\n${parts.join(',\n')}\n}`
}

// The browser needs neither the template compiler nor the loaders that read files, and of Node's own
// modules only these few words.
const standIns = {
  events: 'module.exports = function () {}; Object.assign(module.exports.prototype, { on() {}, emit() {} })',
  path: `exports.dirname = (file) => file.slice(0, file.lastIndexOf('/'))
    exports.resolve = (folder, file) => folder + '/' + file.replace('./', '')`,
  './compiler': '',
  './loaders': '',
  './express-app': ''
}

const slimNunjucks = {
  name: 'slim-nunjucks',
  setup(setup) {
    setup.onResolve({ filter: /^portal:templates$/ }, ({ path }) => ({ path, namespace: 'made' }))
    setup.onLoad({ filter: /./, namespace: 'made' },
      async () => ({ contents: await compileTemplates(), loader: 'js' }))
    setup.onResolve({ filter: /./ }, ({ path, importer }) =>
      importer.includes('/nunjucks/') && path in standIns ? { path, namespace: 'stand-in' } : undefined)
    setup.onLoad({ filter: /./, namespace: 'stand-in' }, ({ path }) => ({ contents: standIns[path] }))
  }
}

async function writeHashed(name, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8)
  const { name: stem, ext } = path.parse(name)
  const file = `${stem}-${hash}${ext}`
  await writeFile(path.join(output, file), contents)
  return { file, bytes: Buffer.byteLength(contents) }
}

async function buildScript() {
  const { outputFiles } = await build({
    entryPoints: [path.join(source, 'main.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    legalComments: 'none',
    write: false,
    plugins: [slimNunjucks]
  })
  return outputFiles[0].text
}

// nhsuk-frontend's components with the rules for the variants that no template uses left out.
async function buildStyles() {
  const { css } = sass.compile(path.join(source, 'styles/portal.scss'), {
    style: 'compressed',
    loadPaths: [modules],
    quietDeps: true
  })
  const [{ css: used }] = await new PurgeCSS().purge({
    content: [path.join(source, '**/*.{html,njk}')],
    css: [{ raw: css.replace(/^\uFEFF/, '') }],
    safelist: [/^(?!nhsuk-)/, 'nhsuk-frontend-supported']
  })
  return used
}

// The letters of the languages that British names come from; the whole file holds phonetic signs too.
const letters = {
  latin: null,
  'latin-ext': range(0x0100, 0x017f) + range(0x0180, 0x024f) + range(0x1e00, 0x1e9e)
}

function range(first, last) {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i))
}

async function writeFonts() {
  const folder = path.join(output, 'fonts')
  await mkdir(folder)
  let bytes = 0
  for (const [subset, wanted] of Object.entries(letters)) {
    for (const weight of [400, 700]) {
      const file = `noto-sans-${subset}-${weight}-normal.woff2`
      const whole = await readFile(path.join(modules, '@fontsource/noto-sans/files', file))
      const font = wanted ? await subsetFont(whole, wanted, { targetFormat: 'woff2' }) : whole
      await writeFile(path.join(folder, file), font)
      bytes += font.length
    }
  }
  await cp(path.join(modules, '@fontsource/noto-sans/LICENSE'), path.join(folder, 'LICENSE'))
  return bytes
}

await rm(output, { recursive: true, force: true })
await mkdir(output, { recursive: true })
const fonts_bytes = await writeFonts()
const script = await writeHashed('portal.js', await buildScript())
const styles = await writeHashed('portal.css', await buildStyles())
const page = (await readFile(path.join(source, 'index.html'), 'utf8'))
  .replace('portal.js', script.file)
  .replace('portal.css', styles.file)
await writeFile(path.join(output, 'index.html'), page)
await cp(path.join(source, 'art'), output, { recursive: true })

const total_bytes = fonts_bytes + script.bytes + styles.bytes + Buffer.byteLength(page)
console.log(`portal: script ${script.bytes}, styles ${styles.bytes}, fonts ${fonts_bytes}, ` +
  `all ${total_bytes} of ${budget_bytes} bytes, in ${output}`)
if (total_bytes > budget_bytes) {
  console.error('portal: over its budget of 250 KiB; use fewer components')
  process.exitCode = 1
}
