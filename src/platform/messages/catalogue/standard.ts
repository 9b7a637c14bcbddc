import { defineMessages } from '../define.js';

export const standardMessages = defineMessages({});
