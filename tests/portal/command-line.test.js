// What people type into help-central's own commands.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import test from 'node:test'
import { password, Stage } from './lib/stage.js'

test('a password typed at a terminal is not shown', async () => {
  const stage = Stage.prepare()
  const command = `'${process.env.HELP_CENTRAL}' user add --data '${stage.data}' --email new@example.com --name 'New Person' --role programme`
  const terminal = spawn('script', ['-qec', command, '/dev/null'])
  let shown = ''
  terminal.stdout.setEncoding('utf8').on('data', (text) => {
    const asked = shown.includes('Password for')
    shown += text
    if (!asked && shown.includes('Password for')) terminal.stdin.write(`${password}\n`)
  })
  const code = await new Promise((resolve) => terminal.on('close', resolve))
  assert.equal(code, 0, shown)
  assert.match(shown, /Password for New Person[\s\S]*added user/)
  assert.ok(!shown.includes(password))
  await stage.close()
})
