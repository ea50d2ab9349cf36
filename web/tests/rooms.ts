/** The walls between the rooms of the pages: who may import whom, as `rooms.json` says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse } from 'svelte/compiler';

/** What one room may import: other rooms, and packages from outside. */
export interface Room {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

export type Plan = Readonly<Record<string, Room>>;

/** One source file: its path below `src`, with slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const code = /\.(?:svelte|[cm]?[jt]s)$/;
const readable = /\.(?:svelte|[cm]?[jt]s|json|css|scss)$/;

/** Every file below a folder. */
export function sourcesBelow(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => readable.test(name))
    .map((name) => ({
      path: name.replaceAll('\\', '/'),
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}

/**
 * Every breach, in words, sorted; none when the walls stand.
 *
 * Read are imports and re-exports, types included, dynamic imports (also in markup), workers and
 * other `new URL(…, import.meta.url)`. What cannot be read, a computed address or a glob, is a
 * breach itself. Stylesheets are placed in rooms but not read: they carry no code.
 */
export function breaches(sources: readonly Source[], plan: Plan): readonly string[] {
  return sources.flatMap((source) => breachesIn(source, plan)).sort();
}

function breachesIn(source: Source, plan: Plan): readonly string[] {
  const home = roomOf(source.path);
  if (home === undefined) {
    return source.path.endsWith('.d.ts') ? [] : [`${source.path} stands in no room`];
  }
  const room = plan[home];
  if (room === undefined) return [`${source.path} stands in the room ${home}, which nobody planned`];
  if (!code.test(source.path)) return [];
  return addressesIn(source).flatMap((address) => {
    const problem = problemWith(address, source.path, home, room);
    return problem === undefined ? [] : [`${source.path} ${problem}`];
  });
}

function problemWith(
  address: string | undefined,
  path: string,
  home: string,
  room: Room,
): string | undefined {
  if (address === undefined) return 'imports what only running it would tell';
  if (!address.startsWith('.')) {
    if (/^[/#$~]|^[a-z]+:/.test(address)) return `imports ${address}, which is no package`;
    const name = packageOf(address);
    return room.packages.includes(name) ? undefined : `imports the package ${name}`;
  }
  const target = posix.normalize(posix.join(posix.dirname(path), address));
  if (target.startsWith('..')) return `reaches outside the rooms: ${address}`;
  const goal = roomOf(target);
  if (goal === undefined) return `imports ${target}, which stands in no room`;
  if (goal === home || room.rooms.includes(goal)) return undefined;
  return `imports the room ${goal}`;
}

function roomOf(path: string): string | undefined {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined;
}

function packageOf(address: string): string {
  return address
    .split('/')
    .slice(0, address.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A node of the syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every address that a file imports from; undefined for one that is computed. */
function addressesIn({ path, text }: Source): readonly (string | undefined)[] {
  // The compiler's parser reads script and markup alike, so a plain module is handed to it as a
  // component that has no markup.
  const component = path.endsWith('.svelte') ? text : `<script lang="ts">\n${text}\n</script>`;
  const found: (string | undefined)[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    found.push(...addressesAt(value));
    Object.values(value).forEach(visit);
  };
  const { instance, module, fragment } = parse(component, { modern: true });
  [instance?.content, module?.content, fragment].forEach(visit);
  return found;
}

function addressesAt(node: Node): readonly (string | undefined)[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return [literal(node['source'])];
    case 'ExportNamedDeclaration':
      return node['source'] ? [literal(node['source'])] : [];
    case 'TSImportType':
      return [literal(node['argument'] ?? node['source'])];
    case 'TSExternalModuleReference':
      return [literal(node['expression'])];
    case 'NewExpression':
      return isNamed(node['callee'], 'URL') && points(node['arguments'])
        ? [literal((node['arguments'] as unknown[])[0])]
        : [];
    case 'CallExpression':
      return isGlob(node['callee']) || isNamed(node['callee'], 'require') ? [undefined] : [];
    default:
      return [];
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

function literal(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'TSLiteralType') return literal(value['literal']);
  return typeof value['value'] === 'string' ? value['value'] : undefined;
}

function isNamed(value: unknown, name: string): boolean {
  return isNode(value) && value.type === 'Identifier' && value['name'] === name;
}

function isMeta(value: unknown): boolean {
  return isNode(value) && value.type === 'MetaProperty';
}

function points(given: unknown): boolean {
  const second = Array.isArray(given) ? (given[1] as unknown) : undefined;
  return isNode(second) && second.type === 'MemberExpression' && isMeta(second['object']);
}

function isGlob(callee: unknown): boolean {
  return isNode(callee) && callee.type === 'MemberExpression' && isMeta(callee['object']);
}
