// Reads an item's file for the form and writes it back, touching only what the clerk changed: comments, the order of
// keys, keys the form knows nothing about and English names stay as they are, byte for byte.
import { isMap, isScalar, isSeq, parseDocument, stringify } from './yaml.js';

/** Where the form carries the text an item was read from. No field has this name, so it is never shown. */
const ORIGINAL = '原文';
const FRONT_MATTER = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n([\s\S]*))?$/;
const BODY = ['正文', 'body'];
const AS_TYPED = { schema: 'failsafe' }; // 007 and 2026 are what was typed, not numbers

const parse = (head) => {
  const document = parseDocument(head, { ...AS_TYPED, uniqueKeys: false });
  if (document.errors.length) throw new Error(document.errors[0].message);
  return isMap(document.contents) ? document.contents.items : [];
};
const pairOf = (pairs, names) => pairs.find(({ key }) => names.includes(key?.value));
const namesOf = (field) => [field.name, field.en];
const isEmpty = (value) => value === undefined || value === null || value === '' || value === false
  || (typeof value === 'object' && Object.values(value).every(isEmpty));
const same = (one, other) => (isEmpty(one) && isEmpty(other)) || JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));
const tidy = (value) => (Array.isArray(value) || typeof value !== 'object' || value === null ? value
  : Object.fromEntries(Object.keys(value).sort().filter((key) => !isEmpty(value[key])).map((key) => [key, value[key]])));

/** What a field shows of what stands in the file; undefined where it cannot show it. */
const shown = (field, node) => {
  const scalar = (one) => (isScalar(one) ? field.shown?.[one.value] ?? one.value : undefined);
  if (field.kind === 'flag') return isScalar(node) && ['true', 'True', 'TRUE', '是'].includes(node.value);
  if (field.kind === 'list') {
    const list = (isSeq(node) ? node.items : [node]).map(scalar);
    return list.some((one) => field.all?.includes(one)) ? [] : list;
  }
  if (field.kind === 'group') {
    if (!isMap(node)) return undefined;
    return Object.fromEntries(field.fields.flatMap((inner) => {
      const pair = pairOf(node.items, namesOf(inner));
      return pair ? [[inner.name, shown(inner, pair.value)]] : [];
    }));
  }
  return scalar(node);
};

/** What a field's value is written as, on one line. */
const written = (field, value) => {
  const word = (one) => field.written?.[one] ?? plainly(one);
  const plain = (inner, one) => (inner.kind === 'flag' ? 'true' : inner.kind === 'list' ? one.map(word)
    : inner.kind === 'group' ? Object.fromEntries(inner.fields.filter(({ name }) => !isEmpty(one[name]))
      .map((deep) => [deep.name, plain(deep, one[deep.name])])) : (inner.written?.[one] ?? plainly(one)));
  return inline(plain(field, value));
};
/** Without the ends of lines that only some readers of YAML take for such. */
const plainly = (one) => String(one).replace(/[\u2028\u2029\u0085]/g, ' ');
/** What other readers of YAML take for something else than this text, unless it is quoted. */
const ODD = /[:?~]|^null$/i;
const isOdd = (value) => (typeof value === 'object' && value !== null ? Object.values(value).some(isOdd)
  : typeof value === 'string' && ODD.test(value));
const inline = (value) =>
  stringify(value, { ...AS_TYPED, collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0, blockQuote: false,
    defaultKeyType: 'PLAIN', defaultStringType: isOdd(value) ? 'QUOTE_DOUBLE' : 'PLAIN' }).replace(/\n$/, '');

/** From the end to the beginning, and at one place what goes away before what comes. */
const splice = (text, edits) => [...edits].sort((a, b) => a.from - b.from || a.to - b.to)
  .reduceRight((sofar, { from, to, put }) => sofar.slice(0, from) + put + sofar.slice(to), text);

/** The edit that puts something else behind a key, up to the end of what stood there. */
const replaced = (head, { key, value }, put) => {
  let to = value?.range ? Math.max(value.range[1], key.range[1]) : key.range[1];
  while (to > key.range[1] && /\s/.test(head[to - 1])) to -= 1;
  if (head[to] === ':' && to === key.range[1]) to += 1;
  return { from: key.range[1], to, put: `: ${put}` };
};
const removed = (head, { key, value }) => {
  const end = replaced(head, { key, value }, '').to;
  const line = head.indexOf('\n', end);
  return { from: head.lastIndexOf('\n', key.range[0]) + 1, to: line < 0 ? head.length : line + 1, put: '' };
};
/** The same up to the end of the line: what is said behind a text would become part of it. */
const overwritten = (head, pair, put) => {
  const edit = replaced(head, pair, put);
  const line = head.indexOf('\n', edit.to);
  return { ...edit, to: line < 0 ? head.length : line };
};
/** A key that was not there goes in front of the first later one that is. */
const added = (head, pairs, fields, field, put) => {
  const later = fields.slice(fields.indexOf(field) + 1).map((one) => pairOf(pairs, namesOf(one))).find(Boolean);
  const from = later ? head.lastIndexOf('\n', later.key.range[0]) + 1 : head.length;
  const line = `${field.name}: ${put}`;
  return { from, to: from, put: later ? `${line}\n` : `${head === '' || head.endsWith('\n') ? '' : '\n'}${line}` };
};

/** The edits that bring one field from what stands there to what the form says. */
const edits = (head, pairs, fields, field, value) => {
  const pair = pairOf(pairs, namesOf(field));
  if (same(pair ? shown(field, pair.value) : undefined, value)) return [];
  if (!pair) return [added(head, pairs, fields, field, written(field, value))];
  if (isEmpty(value)) return [removed(head, pair)];
  const isBlank = !pair.value || (isScalar(pair.value) && isEmpty(pair.value.value));
  if (!isBlank && shown(field, pair.value) === undefined)
    throw new Error(`${field.name}: the file has more than this form can show; edit the file itself (请直接改文件)`);
  if (field.kind === 'group' && isMap(pair.value)) {
    const inner = pair.value.items;
    const changed = field.fields.filter((one) => !same(
      pairOf(inner, namesOf(one)) && shown(one, pairOf(inner, namesOf(one)).value), value[one.name]));
    if (changed.every((one) => pairOf(inner, namesOf(one)) && !isEmpty(value[one.name])))
      return changed.map((one) => replaced(head, pairOf(inner, namesOf(one)), written(one, value[one.name])));
    const whole = Object.fromEntries(inner.map(({ key, value: node }) => [key.value, node?.toJSON?.() ?? '']));
    for (const one of changed) {
      const at = pairOf(inner, namesOf(one))?.key.value ?? one.name;
      if (isEmpty(value[one.name])) delete whole[at];
      else whole[at] = one.written?.[value[one.name]] ?? plainly(value[one.name]);
    }
    return [replaced(head, pair, inline(whole))];
  }
  return [replaced(head, pair, written(field, value))];
};

const block = (text) => `|2\n${text.trimEnd().split('\n').map((line) => (line.trim() ? `  ${line}` : '')).join('\n')}`;

/**
 * The two halves that `CMS.registerCustomFormat()` takes.
 * @param fields the form's fields: name, en, kind (text, flag, list or group), shown, written, all, fields
 * @param pure whether the whole file is YAML, with the body under a key of its own
 */
export const itemFormat = (fields, pure) => {
  const halves = (text) => {
    if (pure) return { head: text, body: undefined, rest: '' };
    const found = FRONT_MATTER.exec(text);
    return found ? { head: found[1] ?? '', body: (found[2] ?? '').replace(/^\n/, ''), rest: found[2] ?? '' }
      : { head: '', body: text, rest: text };
  };
  const fromFile = (text) => {
    const { head, body } = halves(text);
    const pairs = parse(head);
    const value = Object.fromEntries(fields.flatMap((field) => {
      const pair = pairOf(pairs, namesOf(field));
      if (!pair) return field.kind === 'flag' ? [[field.name, false]] : [];
      const one = shown(field, pair.value);
      return one === undefined ? [] : [[field.name, one]];
    }));
    return { ...value, body: pure ? (pairOf(pairs, BODY)?.value?.value ?? '').trimEnd() : body, [ORIGINAL]: text };
  };
  const toFile = ({ [ORIGINAL]: original, body = '', ...value }) => {
    const old = halves(original ?? '');
    const pairs = parse(old.head);
    const todo = fields.flatMap((field) => edits(old.head, pairs, fields, field, value[field.name]));
    const typed = pairOf(pairs, BODY);
    const wrote = original === undefined ? '' : fromFile(original).body;
    body = plainly(body);
    if (pure && body.trimEnd() !== wrote.trimEnd())
      todo.push(typed ? (body.trim() ? overwritten(old.head, typed, block(body)) : removed(old.head, typed))
        : { from: old.head.length, to: old.head.length, put: `${old.head.endsWith('\n') ? '' : '\n'}正文: ${block(body)}` });
    if (original === undefined) { // everything goes to one place: in the form's order
      const lines = fields.filter(({ name }) => !isEmpty(value[name]))
        .map((field) => `${field.name}: ${written(field, value[field.name])}`);
      return pure ? [...lines, `正文: ${block(body)}`].join('\n') : `---\n${lines.join('\n')}\n---\n\n${body.trimEnd()}`;
    }
    const head = splice(old.head, todo);
    const gap = old.rest.startsWith('\n') || old.rest === '' ? '\n' : '';
    const rest = body.trimEnd() === wrote.trimEnd() ? old.rest : `${gap}${body.trimEnd()}`;
    return pure ? head : `---\n${head.trimEnd()}\n---\n${rest.trimEnd()}`;
  };
  return { fromFile, toFile };
};
