import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { XmlSplitter } from './split-xml.js';

function split(bytes: Buffer, step: number, gb = false): string[] {
  const splitter = new XmlSplitter('P', gb);
  const found: string[] = [];
  let from = 0;
  for (let to = Math.min(step, bytes.length); ; to = Math.min(to + step, bytes.length)) {
    while (splitter.next(bytes.subarray(0, to), from, to, to === bytes.length)) {
      from = splitter.resume;
      found.push(bytes.toString('latin1', splitter.start, splitter.end));
    }
    from = Math.max(from, splitter.resume);
    if (to === bytes.length) return found;
  }
}

describe('XML splitting', () => {
  const records = [
    '<P a="1 > 0"><N>x</N></P>',
    '<P/>',
    '<P><P>inner</P><PQ/></P>',
    '<P><![CDATA[ </P> ]]><!-- </P> --><N/></P>',
  ];
  const document = `<?xml version="1.0"?>\n<!-- <P>no</P> --><R>\n <L><PX>no</PX>${records.join('\n')}</L><T>4</T></R>\n`;
  it.each([1, 3, 7, 50, 1000])('finds each record with windows growing by %d bytes', (step) => {
    expect(split(Buffer.from(document), step)).toEqual(records);
  });

  it('is not misled by a GB18030 character that ends in the byte of ]', () => {
    // 0xB05D is a character of GBK whose second byte is ']'.
    const trap = Buffer.concat([
      Buffer.from('<R><P><![CDATA['),
      Buffer.from([0xb0, 0x5d]),
      Buffer.from(']></P>'),
      iconv.encode('张', 'gb18030'),
      Buffer.from(']]></P></R>'),
    ]);
    expect(split(trap, trap.length, true)).toHaveLength(1);
    expect(split(trap, trap.length, true)[0]).toMatch(/\]\]><\/P>$/);
  });
});
