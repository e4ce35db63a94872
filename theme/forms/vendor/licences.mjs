// Writes the licence of every package in the bundle, and of the fonts, into one file: node licences.mjs FROM OUT
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const [from, out] = process.argv.slice(2);
const cms = 'node_modules/@sveltia/cms';
const parts = [['@sveltia/cms', 'MIT', await readFile(path.join(cms, 'LICENSE.txt'), 'utf8')]];
const lacking = [];
for (const line of (await readFile('packages.txt', 'utf8')).trim().split('\n')) {
  const name = line.slice(0, line.lastIndexOf('@'));
  if (name.startsWith('@sveltia/')) continue; // parts of the CMS, not published by themselves, under its own licence
  const folder = path.join(from, 'node_modules', name);
  const about = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((one) => /^(licen[cs]e|copying|notice)/i.test(one)).sort();
  const texts = await Promise.all(files.map((one) => readFile(path.join(folder, one), 'utf8')));
  if (!texts.length) lacking.push(line);
  const author = typeof about.author === 'object' ? about.author?.name : about.author;
  parts.push([line, about.license ?? '?', texts.join('\n\n') || `Its package holds no text of its licence. Author: ${author ?? 'not named'}`]);
}
for (const file of (await readdir(path.join(cms, 'npm/assets'))).filter((one) => one.endsWith('.LICENSE.txt')))
  parts.push([file.replace('.LICENSE.txt', ' (font)'), '', await readFile(path.join(cms, 'npm/assets', file), 'utf8')]);
const rule = '='.repeat(78);
await writeFile(out, parts.map(([name, kind, text]) => `${rule}\n${name} ${kind && `— ${kind}`}\n${rule}\n\n${text.trim()}\n`).join('\n'));
const kinds = parts.map(([, kind]) => kind).filter(Boolean);
console.log(Object.entries(Object.groupBy?.(kinds, (one) => one) ?? kinds.reduce((all, one) => ({ ...all, [one]: [...(all[one] ?? []), one] }), {}))
  .map(([kind, all]) => `${kind}: ${all.length}`).join(', '), '| without a text:', lacking.join(' ') || 'none');
