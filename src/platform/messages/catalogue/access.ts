import { defineMessages } from '../define.js';

export const accessMessages = defineMessages({});
