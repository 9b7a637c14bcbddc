import { XmlSplitter } from '../file/split-xml.js';

/** A document without its records, and the records as they stand in it. */
export interface CutDocument {
  skeleton: string;
  records: string[];
}

/**
 * Cuts the record elements (the last name of `path`) out of a document without parsing them: an unchanged record is
 * recognised by its text alone, and a broken one spoils itself only. Elements with a name-space prefix are left in.
 */
export function cutRecords(text: string, path: string): CutDocument {
  const bytes = Buffer.from(text, 'utf8');
  const splitter = new XmlSplitter(path.split('/').at(-1)!, false);
  const records: string[] = [];
  let skeleton = '';
  let kept = 0;
  let from = 0;
  while (splitter.next(bytes, from, bytes.length, true)) {
    records.push(bytes.toString('utf8', splitter.start, splitter.end));
    skeleton += bytes.toString('utf8', kept, splitter.start);
    from = kept = splitter.resume;
  }
  return { skeleton: records.length === 0 ? text : skeleton + bytes.toString('utf8', kept), records };
}
