import { defineMessages } from '../define.js';

export const linkMessages = defineMessages({});
