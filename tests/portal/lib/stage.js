// The real server with two practices, three kiosks and people who signed up, in a folder of its own.
// Sign-ups arrive as they do from a kiosk: sealed, bundled, signed and posted to the device port.
// Everybody here is made up; NHS numbers are from the range kept for tests.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const needed = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set: start these tests with tests/portal/run`)
  return process.env[name]
}

export const password = 'a long enough password'
export const people = {
  priya: { email: 'priya.nair@example.com', name: 'Priya Nair', practice: 'Y99999' },
  omar: { email: 'omar.farah@example.com', name: 'Omar Farah', practice: 'Y99998' },
  ruth: { email: 'ruth.bell@example.com', name: 'Ruth Bell', practice: null }
}

const form = { url: 'https://help-diabetes.example/fhir/Questionnaire/sign-up', version: '2026-01' }

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))

// The canonical text of a record: see src/signup/record.h.
function recordText(kiosk, id, person) {
  const answers = sorted({
    adult: true,
    'agree-account': true,
    'agree-record': true,
    'agree-reminders': true,
    'agree-research': false,
    'birth-date': person.born,
    contact: 'both',
    diabetes: 'yes',
    email: person.email ?? 'someone@example.com',
    'ethnic-code': '99',
    'first-name': person.first,
    formats: ['none'],
    'last-name': person.last,
    mobile: '+447700900417',
    mode: person.mode ?? 'alone',
    'nhs-number-known': person.number ? 'yes' : 'no',
    ...(person.number ? { 'nhs-number': person.number } : {}),
    postcode: 'NW1 2BU',
    'start-help': 'phone'
  })
  return JSON.stringify({
    answers,
    consent: { language: person.language ?? 'en', read_aloud: false, version: form.version },
    form,
    kiosk: kiosk.id,
    made_at: Date.now() - 60000,
    mode: answers.mode,
    practice: kiosk.practice,
    record: id,
    schema: 1,
    type: 'signup'
  })
}

export class Stage {
  // The store is set up and kiosks are added first; then it serves.
  static prepare() {
    const stage = new Stage()
    stage.folder = mkdtempSync(path.join(tmpdir(), 'help-portal-'))
    stage.data = path.join(stage.folder, 'central')
    stage.central('init', '--data', stage.data)
    stage.central('practice', 'add', '--data', stage.data, '--code', 'Y99999', '--name', 'Elm Grove Surgery')
    stage.central('practice', 'add', '--data', stage.data, '--code', 'Y99998', '--name', 'Hill Road Practice')
    for (const person of Object.values(people)) stage.addUser(person)
    return stage
  }

  central(...words) {
    return execFileSync(needed('HELP_CENTRAL'), words, { encoding: 'utf8' })
  }

  addUser({ email, name, practice }) {
    const role = practice ? ['--role', 'practice', '--practice', practice] : ['--role', 'programme']
    execFileSync(needed('HELP_CENTRAL'),
      ['user', 'add', '--data', this.data, '--email', email, '--name', name, ...role, '--password-stdin'],
      { input: `${password}\n` })
  }

  async serve() {
    this.server = spawn(needed('HELP_CENTRAL'), ['serve', '--data', this.data, '--device', '127.0.0.1:0',
      '--portal', '127.0.0.1:0', '--portal-files', needed('PORTAL_FILES'), '--pack', needed('PACK')],
    { stdio: ['ignore', 'pipe', 'ignore'] })
    for await (const line of createInterface({ input: this.server.stdout })) {
      const ready = /^ready device=.*:(\d+) portal=.*:(\d+)$/.exec(line)
      if (!ready) continue
      this.devicePort = Number(ready[1])
      this.url = `http://localhost:${ready[2]}`
      this.server.stdout.resume()
      return
    }
    throw new Error('help-central did not become ready')
  }

  addKiosk(name, practice) {
    const seed = randomBytes(32).toString('hex')
    const settings = path.join(this.folder, `${name}.json`)
    const key = execFileSync(needed('SEAL_BUNDLE'), ['key', seed], { encoding: 'utf8' }).trim()
    this.central('kiosk', 'add', '--data', this.data, '--practice', practice, '--name', name, '--public-key', key,
      '--server', 'https://localhost:8443', '--mode', 'demo', '--out', settings)
    const told = JSON.parse(readFileSync(settings, 'utf8'))
    return { name, practice, seed, settings, id: told.kiosk.id ?? told.kiosk, authority: told.server?.ca_pem ?? told.ca_pem }
  }

  // Sends people as the numbers `seqs` (1, 2, 3... where none are given) of a kiosk that made `made`.
  async send(kiosk, signups, { seqs = signups.map((_, i) => i + 1), made = Math.max(0, ...seqs) } = {}) {
    const lines = signups.map((person, i) => {
      const id = randomUUID()
      return `${seqs[i]} ${id} ${recordText(kiosk, id, person)}\n`
    })
    const bundle = execFileSync(needed('SEAL_BUNDLE'), ['make', kiosk.seed, kiosk.settings, String(made)],
      { input: lines.join(''), maxBuffer: 4 * 1024 * 1024 })
    const receipt = await this.post(bundle, kiosk.authority)
    const outcomes = JSON.parse(receipt.split('\n')[0]).records.map(({ outcome }) => outcome)
    if (outcomes.some((outcome) => outcome !== 'accepted')) throw new Error(`the server said: ${outcomes}`)
  }

  post(bundle, authority) {
    return new Promise((resolve, reject) => {
      const request = https.request({ host: 'localhost', port: this.devicePort, path: '/v1/exchange', method: 'POST',
        ca: authority, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': bundle.length } },
      async (response) => {
        let text = ''
        for await (const part of response) text += part
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`exchange: ${response.statusCode} ${text}`))
      })
      request.on('error', reject)
      request.end(bundle)
    })
  }

  async close() {
    if (this.server && this.server.exitCode === null) {
      const gone = new Promise((resolve) => this.server.once('exit', resolve))
      this.server.kill('SIGTERM')
      await gone
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}
