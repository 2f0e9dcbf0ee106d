// node make.mjs <unpacked @etalab/decoupage-administratif> <year> — writes communes.tsv.gz beside this file, and takes from the one before what has ended
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

const [source, year] = process.argv.slice(2)
if (!source || !/^\d{4}$/.test(year ?? '')) {
  console.error('usage: node make.mjs <unpacked package> <year of the COG>')
  process.exit(1)
}

const read = name => JSON.parse(readFileSync(join(source, 'data', `${name}.json`), 'utf8'))
const byCode = (a, b) => (a.code < b.code ? -1 : 1)
const regions = new Map(read('regions').map(region => [region.code, region.nom]))
const communes = read('communes').sort(byCode)
const within = { 'commune-deleguee': 'd', 'commune-associee': 'a', 'arrondissement-municipal': 'm' }

const partsOf = new Map()
for (const row of communes.filter(row => row.type in within)) {
  const parent = row.chefLieu ?? row.commune
  partsOf.set(parent, [...(partsOf.get(parent) ?? []), row])
}

const file = new URL('communes.tsv.gz', import.meta.url)
const before = existsSync(file) ? gunzipSync(readFileSync(file)).toString().split('\n').map(line => line.split('\t')) : [['Y', year, year]]
const current = new Set(communes.filter(row => row.type === 'commune-actuelle').map(row => row.code))
const ended = before
  .filter(([line, code]) => (line === 'C' || line === 'E') && !current.has(code))
  .map(([line, code, known]) => ['E', code, line === 'E' ? known : year])

const lines = [['Y', year, before[0][2]], ...ended.sort((a, b) => (a[1] < b[1] ? -1 : 1))]
for (const { code, nom, region } of read('departements').sort(byCode)) {
  lines.push(['D', code, nom, regions.get(region)])
}
for (const { code, nom, population, codesPostaux, anciensCodes } of communes.filter(row => row.type === 'commune-actuelle')) {
  lines.push(['C', code, nom, population ?? '', (codesPostaux ?? []).join(' '), (anciensCodes ?? []).join(' ')])
  for (const part of partsOf.get(code) ?? []) {
    lines.push([within[part.type], part.code, part.nom])
  }
}

const text = lines.map(fields => fields.join('\t') + '\n').join('')
writeFileSync(file, gzipSync(text, { level: 9 }))
console.log(`${lines.length} lines`)
