import { defineMessages } from '../define.js';

export const syncMessages = defineMessages({});
