import { defineMessages } from '../define.js';

export const adapterMessages = defineMessages({});
