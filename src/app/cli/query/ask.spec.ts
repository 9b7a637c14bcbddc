import { describe, expect, it } from '@jest/globals';
import type { CommandContext } from '../context.js';
import { ask } from './ask.js';

describe('a question on the command line', () => {
  it.each([{ case: '990101 19880902 2958' }, { purpose: '990101880902295' }])(
    'is not asked with an ID number as %j',
    async (options) => {
      const asked = ask({} as CommandContext, options as unknown as Parameters<typeof ask>[1]);
      await expect(asked).rejects.toMatchObject({ code: 'CLI_ID_NUMBER_OPTION' });
    },
  );
});
