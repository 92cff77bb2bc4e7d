// Makes the demo's data set out of the npm package @mdn/browser-compat-data:
//
//   npm pack @mdn/browser-compat-data@8.1.9 && tar xzf mdn-browser-compat-data-8.1.9.tgz
//   node cli/src/main/data/web-features.mjs package cli/src/main/resources/io/ibid/cli/demo
//
// The package is one tree of features; a document is one feature, so that each can be edited by itself. What a feature says
// about itself (its "__compat") is kept as it is, nested objects and arrays included. The output depends on nothing but the
// package: the same version gives the same bytes.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// The parts that describe languages and formats. The two large ones left out, the DOM interfaces and the browser extensions,
// would more than double the file and show nothing new.
const AREAS = ['css', 'html', 'http', 'javascript', 'manifests', 'mathml', 'mediatypes', 'svg', 'webassembly'];

const [from, to] = process.argv.slice(2);
const tree = JSON.parse(readFileSync(join(from, 'data.json'), 'utf8'));
const lines = [];

function collect(node, path) {
  if (node.__compat) {
    const document = { _id: path.join('.'), area: path[0], name: path.at(-1), depth: path.length, ...node.__compat };
    lines.push(JSON.stringify(document));
  }
  for (const key of Object.keys(node).filter((name) => !name.startsWith('__')).sort()) {
    collect(node[key], [...path, key]);
  }
}

for (const area of AREAS) {
  collect(tree[area], [area]);
}
const packed = gzipSync(lines.join('\n') + '\n', { level: 9 });
packed[9] = 255; // the operating system byte of the gzip header: "unknown", on every machine
writeFileSync(join(to, 'web-features.jsonl.gz'), packed);
copyFileSync(join(from, 'LICENSE'), join(to, 'web-features.LICENSE'));
console.log(`${lines.length} documents, ${packed.length} bytes, ${tree.__meta.version} of ${tree.__meta.timestamp}`);
