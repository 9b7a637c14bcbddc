import { defineMessages } from '../define.js';

export const policyMessages = defineMessages({});
