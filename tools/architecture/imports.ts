import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { parseSync } from 'vite'

/** One module named by another. */
export interface Import {
  readonly from: string
  /**
   * A path from the root for a relative specifier, `node:…` for one of Node's own modules, else the package's name.
   * null: the specifier is computed, so nobody can say what it names.
   */
  readonly to: string | null
  /** `type`: erased before the program runs. */
  readonly kind: 'value' | 'type'
  readonly line: number
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/**
 * Every module that a source file names: static imports and re-exports, `import()`, `require()` (also one made by
 * `createRequire`), `import x = require()` and type imports.
 * @param path of the file from the root, with its extension
 * @throws when the text does not parse: a file that cannot be read cannot be vouched for
 */
export function importsOf(path: string, text: string): Import[] {
  const { program, errors } = parseSync(path, text)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const root: unknown = program
  if (!isNode(root)) throw new Error(`${path}: no program`)
  const nodes = [...descendants(root)]
  const requires = new Set(['require', ...nodes.flatMap(madeByCreateRequire)])
  return nodes.flatMap((node) => {
    const found = named(node, requires)
    if (!found) return []
    const line = text.slice(0, node.start).split('\n').length
    return [{ from: path, to: target(path, found.specifier), kind: found.kind, line }]
  })
}

function* descendants(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* descendants(child)
  }
}

/** The names of variables that hold a `require`: `const load = createRequire(import.meta.url)`. */
function madeByCreateRequire(node: Node): string[] {
  if (node.type !== 'VariableDeclarator' || !isNode(node.id) || !isNode(node.init)) return []
  const made = node.init.type === 'CallExpression' && calleeName(node.init) === 'createRequire'
  return made && typeof node.id.name === 'string' ? [node.id.name] : []
}

const calleeName = (call: Node): unknown => {
  if (!isNode(call.callee)) return undefined
  if (call.callee.type !== 'MemberExpression') return call.callee.name
  return isNode(call.callee.property) ? call.callee.property.name : undefined
}

type Found = { readonly specifier: string | null; readonly kind: 'value' | 'type' }

function named(node: Node, requires: ReadonlySet<string>): Found | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node.source), kind: erased(node, 'importKind') ? 'type' : 'value' }
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      if (!isNode(node.source)) return null
      return { specifier: literal(node.source), kind: erased(node, 'exportKind') ? 'type' : 'value' }
    case 'ImportExpression':
      return { specifier: literal(node.source), kind: 'value' }
    case 'TSImportType':
      return { specifier: literal(node.source), kind: 'type' }
    case 'TSExternalModuleReference':
      return { specifier: literal(node.expression), kind: 'value' }
    case 'CallExpression': {
      const direct = isNode(node.callee) && node.callee.type === 'Identifier' && requires.has(String(node.callee.name))
      const inline =
        isNode(node.callee) && node.callee.type === 'CallExpression' && calleeName(node.callee) === 'createRequire'
      if (!direct && !inline) return null
      return { specifier: Array.isArray(node.arguments) ? literal(node.arguments[0]) : null, kind: 'value' }
    }
    default:
      return null
  }
}

/** `import type …`, or an import whose every name is `type`. A bare `import 'x'` runs, so it is a value. */
function erased(node: Node, field: 'importKind' | 'exportKind'): boolean {
  if (node[field] === 'type') return true
  const names = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []
  return names.length > 0 && names.every((name) => name[field] === 'type')
}

function literal(node: unknown): string | null {
  if (!isNode(node)) return null
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis) || node.quasis.length !== 1) return null
  const [quasi] = node.quasis
  const value = isNode(quasi) ? quasi.value : null
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : null
}

function target(path: string, specifier: string | null): string | null {
  if (specifier === null) return null
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''))
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
