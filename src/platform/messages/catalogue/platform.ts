import { defineMessages } from '../define.js';

export const platformMessages = defineMessages({});
