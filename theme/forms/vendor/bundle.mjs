// Bundles Sveltia CMS's npm build into one ES module with its fonts beside it.
//
//   node bundle.mjs OUT
//
// Every rewrite below must apply exactly as often as it says: a new version of the CMS in which one
// of them no longer fits stops the build instead of quietly asking another host for something.
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const out = process.argv[2] ?? 'out';
const root = path.dirname(createRequire(import.meta.url).resolve('@sveltia/cms'));
const locales = ['en-US', 'zh-CN'];

/** Fonts, under names that say what they are and do not change with a version. */
const fonts = {
  'material-symbols-outlined-latin-wght-normal-_Z1IJPLg.woff2': 'icons.woff2',
  'noto-mono-latin-400-normal-DiC8lJru.woff2': 'mono.woff2',
  'source-sans-3-latin-wght-normal-BqRLTx4X.woff2': 'sans.woff2',
};

/** [what stands there, what is to stand there, how often it stands there] */
const rewrites = [
  // Two languages, both of them here.
  [/`ar,bg,ca,[A-Za-z,-]*,zh-CN,zh-TW`/g, `\`${locales.join(',')}\``, 1],
  // The stylesheet's own fonts lie on another host; the same ones are set from here below.
  [/url\(https:\/\/cdn\.jsdelivr\.net\/fontsource\/fonts\/[\w:@./-]+?\.woff2\)/g, 'local(-)', 3],
  // Nothing of what is left asks this host (npm builds don't); let it not be named either.
  ['https://unpkg.com', 'about:invalid', 4],
  // A site folder is known by its content, not by .git: it need not be a repository.
  ['getDirectoryHandle(`.git`)', 'getDirectoryHandle(`content`)', 1],
  // No offer to carry the token to a telephone in a picture code.
  [/(?<=isLargeScreen&&\w+\.hasMouse&&)!\w+\.isLocalHost(?=&&!!\w+\.current\?\.isGit)/g, '!1', 1],
  ...Object.entries(fonts).map(([was, is]) => [`assets/${was}`, is, 1]),
];

/** Words of the page that its Chinese does not have yet; a later version that has them keeps its own. */
const more = JSON.parse(await readFile('zh-CN.more.json', 'utf8'));

const completed = (words) => {
  for (const [name, text] of Object.entries(more)) {
    const way = name.split('.'), last = way.pop();
    const at = way.reduce((here, part) => (here[part] ??= {}), words);
    at[last] ??= text;
  }
  return words;
};

/** Modules that no field of ours needs; using one fails the way a blocked download would. */
const absent = [
  /^@shikijs\//, // syntax colours
  /\/chunks\/shiki-engine-/,
  /^leaflet\//, /^terra-draw/, // maps
  /^svgo\//, /\/chunks\/(heic|webp_enc)/, // pictures in other formats
  /^turndown\//, // machine translation
  /^exifr\//, // where a photo was taken
  /\/chunks\/react-dom-/, // custom previews written in React
  new RegExp(`/locales/(?!(${locales.join('|')})\\.json)`),
];

const sveltia = {
  name: 'sveltia',
  setup(b) {
    b.onResolve({ filter: /.*/ }, ({ path: name }) =>
      absent.some((pattern) => pattern.test(name)) ? { path: name, namespace: 'absent' } : undefined);
    b.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path: name }) => ({
      contents: `throw new Error(${JSON.stringify(`left out: ${name.split('/').pop()}`)}); export default 0;`,
    }));
    b.onLoad({ filter: /sveltia[\\/]cms[\\/]locales[\\/]zh-CN\.json$/ }, async ({ path: file }) =>
      ({ contents: JSON.stringify(completed(JSON.parse(await readFile(file, 'utf8')))), loader: 'json' }));
    b.onLoad({ filter: /sveltia[\\/]cms[\\/]npm[\\/]index\.js$/ }, async ({ path: file }) => {
      let contents = await readFile(file, 'utf8');
      for (const [was, is, times] of rewrites) {
        const found = contents.split(was).length - 1;
        if (found !== times) throw new Error(`${was}: ${found} places instead of ${times}`);
        contents = contents.replaceAll(was, is);
      }
      return { contents, loader: 'js' };
    });
  },
};

await mkdir(out, { recursive: true });
const result = await build({
  entryPoints: [path.join(root, 'index.js')],
  outfile: path.join(out, 'sveltia-cms.js'),
  bundle: true, format: 'esm', minify: true, target: ['chrome109', 'firefox115', 'safari16'],
  charset: 'utf8', legalComments: 'none', plugins: [sveltia], metafile: true, logLevel: 'warning',
  logOverride: { 'unsupported-dynamic-import': 'silent' },
});
await build({
  stdin: { contents: "export { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';", resolveDir: '.' },
  outfile: path.join(out, 'yaml.js'), bundle: true, format: 'esm', minify: true, charset: 'utf8', legalComments: 'none',
  target: ['chrome109', 'firefox115', 'safari16'],
});
for (const [was, is] of Object.entries(fonts))
  await copyFile(path.join(root, 'assets', was), path.join(out, is));

/** The packages that are in the bundle: what the source maps name, and what esbuild took in itself. */
const maps = ['index.js', ...['react-'].map((start) => Object.keys(result.metafile.inputs)
  .find((name) => name.includes(`/chunks/${start}B`)).split('/').slice(-2).join('/'))];
const packages = new Set();
for (const name of maps)
  for (const source of JSON.parse(await readFile(path.join(root, `${name}.map`), 'utf8')).sources) {
    const found = /\.pnpm\/(@?[^@/]+)@([^_/]+)/.exec(source);
    if (found) packages.add(`${found[1].replace('+', '/')}@${found[2]}`);
  }
await writeFile('packages.txt', [...packages].sort().join('\n') + '\n');
