// Addresses to pages and back. Links stay real links; a plain click on one of ours is turned into a
// change of address without a reload, and Back and Forward work as anywhere. The page is only told
// the new address: what it shows there is its own business.

// '/sign-ups/:id' matches '/sign-ups/7' with { id: '7' }; null when the path is another's.
export function matchPath(pattern, path) {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params = {}
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i].startsWith(':') && given[i] !== '') params[wanted[i].slice(1)] = given[i]
    else if (wanted[i] !== given[i]) return null
  }
  return params
}

export function findRoute(routes, path) {
  for (const [pattern, page] of routes) {
    const params = matchPath(pattern, path)
    if (params) return { page, params }
  }
  return null
}

function ownLink(event) {
  if (event.defaultPrevented || event.button !== 0) return null
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target.closest?.('a[href]')
  if (!link || link.origin !== location.origin || link.target || link.download) return null
  const onlyMovesInPage = link.hash !== '' && link.pathname === location.pathname
  return onlyMovesInPage ? null : link
}

// Calls changed() whenever the address does; the first page is the caller's to show.
export function startRouter(changed) {
  document.addEventListener('click', (event) => {
    const link = ownLink(event)
    if (!link) return
    event.preventDefault()
    history.pushState(null, '', link.href)
    changed()
  })
  window.addEventListener('popstate', changed)
}
