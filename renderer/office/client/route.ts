import { useEffect, useState } from 'react'

/** Where one is in the office: the parts of the address after `#/`, and what stands after `?` there. */
export interface Route {
  readonly parts: readonly string[]
  readonly query: URLSearchParams
}

function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  return {
    parts: path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent),
    query: new URLSearchParams(query),
  }
}

/** Goes there; the way back is the browser's own. */
export function go(path: string): void {
  window.location.hash = `#/${path}`
}

/** Puts filters into the address, so that it can be sent to somebody and survives a reload; no step of its own. */
export function keepInAddress(path: string, query: Readonly<Record<string, string>>): void {
  const given = Object.entries(query).filter(([, value]) => value !== '')
  const text = given.length === 0 ? '' : `?${new URLSearchParams(given)}`
  history.replaceState(null, '', `#/${path}${text}`)
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(window.location.hash))
  useEffect(() => {
    const moved = () => setRoute(routeOf(window.location.hash))
    window.addEventListener('hashchange', moved)
    return () => window.removeEventListener('hashchange', moved)
  }, [])
  return route
}
