/**
 * The operationId of a route by its method and path: `postRedemptionsByIdRollback`. The same as long as the path is, so a
 * client made from the description keeps its names.
 */
export function operationId(method: string, url: string): string {
  const parts = url
    .split(/[/.]/)
    .filter((part) => part !== '' && part !== 'v1')
    .map((part) => (part.startsWith(':') ? `By-${part.slice(1)}` : part))
  const words = parts.flatMap((part) => part.split(/[-_]/)).map((word) => word[0]?.toUpperCase() + word.slice(1))
  return method.toLowerCase() + words.join('')
}
