// The one way to talk to help-central. Every failure becomes an ApiError whose `kind` says what the
// page can do about it and whose message says, in plain words, what the person can do about it.
// Searches are POSTed because they carry names, and names never go into an address.

export class ApiError extends Error {
  constructor(kind, message, { code = '', field = '' } = {}) {
    super(message)
    this.kind = kind // signed-out | refused | missing | fields | busy | server | unreachable
    this.code = code
    this.field = field
  }
}

const kinds = { 401: 'signed-out', 403: 'refused', 404: 'missing', 409: 'fields', 422: 'fields', 429: 'busy' }

const unreachable = 'The server did not answer. Check that this computer is connected to the network, ' +
  'then try again. Nothing is lost: each kiosk keeps its sign-ups safe until the server has them.'
const faulty = 'The server answered with something we could not read. Try again in a few minutes. ' +
  'If it goes on, tell the programme team.'

let csrf = ''

// When the server last answered: a session lives on from there.
export const heard = { at: 0 }

async function call(method, path, { body, signal } = {}) {
  const headers = { Accept: 'application/json' }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  let response
  try {
    response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error'
    })
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new ApiError('unreachable', unreachable)
  }
  heard.at = Date.now()
  if (!response.ok) throw await refusal(response)
  return response
}

async function refusal(response) {
  const kind = kinds[response.status] ?? 'server'
  let said = {}
  try {
    said = (await response.json()).error ?? {}
  } catch {
    // A proxy's error page: the status alone has to do.
  }
  return new ApiError(kind, said.message || faulty, said)
}

async function json(response) {
  try {
    return await response.json()
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new ApiError('server', faulty)
  }
}

function remember(session) {
  csrf = session.csrf
  return session
}

const signup = (id) => `/api/signups/${encodeURIComponent(id)}`

export const api = {
  session: async () => remember(await json(await call('GET', '/api/session'))),
  signIn: async (email, password) =>
    remember(await json(await call('POST', '/api/session', { body: { email, password } }))),
  async signOut() {
    await call('DELETE', '/api/session')
    csrf = ''
  },
  search: async (wanted, signal) =>
    json(await call('POST', '/api/signups/search', { body: wanted, signal })),
  signup: async (id, signal) => json(await call('GET', signup(id), { signal })),
  setStatus: async (id, status, note) =>
    json(await call('POST', `${signup(id)}/status`, { body: { status, note } })),
  kiosks: async (signal) => (await json(await call('GET', '/api/kiosks', { signal }))).kiosks,
  async export(wanted) {
    const response = await call('POST', '/api/signups/export', { body: wanted })
    const named = /filename="?([\w.-]+)"?/.exec(response.headers.get('Content-Disposition') ?? '')
    return { name: named ? named[1] : 'sign-ups.csv', file: await response.blob() }
  }
}
