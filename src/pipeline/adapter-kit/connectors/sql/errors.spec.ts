import { describe, expect, it } from '@jest/globals';
import { sqlError } from './errors.js';

const driver = (facts: object, message = ''): Error => Object.assign(new Error(message), facts);

describe('what a driver says', () => {
  it.each([
    [driver({ code: 'ECONNREFUSED' }), 'CONNECTOR_UNREACHABLE', undefined],
    [driver({ code: '08006' }), 'CONNECTOR_UNREACHABLE', undefined],
    [driver({}, 'Connection terminated unexpectedly'), 'CONNECTOR_UNREACHABLE', undefined],
    [driver({ code: '28P01' }), 'CONNECTOR_AUTH', undefined],
    [driver({ errno: 1045 }), 'CONNECTOR_AUTH', undefined],
    [driver({ code: '42601' }, 'syntax error at or near "selct"'), 'CONNECTOR_QUERY', undefined],
    [driver({ errno: 1064 }), 'CONNECTOR_QUERY', undefined],
    [driver({ code: '54001' }), 'CONNECTOR_QUERY', undefined],
    [driver({ code: '42P01' }, 'relation "owners" does not exist'), 'CONNECTOR_OBJECT_MISSING', 'owners'],
    [driver({ code: '42P01' }, '关系 "owners" 不存在'), 'CONNECTOR_OBJECT_MISSING', 'owners'],
    [driver({ code: '42703' }, 'column "tel" does not exist'), 'CONNECTOR_OBJECT_MISSING', 'tel'],
    [driver({ code: '42703' }, 'column o.tel does not exist'), 'CONNECTOR_OBJECT_MISSING', 'o.tel'],
    [driver({ errno: 1146 }, "Table 'hc.owners' doesn't exist"), 'CONNECTOR_OBJECT_MISSING', 'hc.owners'],
    [driver({ errno: 1054 }, "Unknown column 'tel' in 'field list'"), 'CONNECTOR_OBJECT_MISSING', 'tel'],
    [driver({ code: '42501' }, 'permission denied for table secret'), 'CONNECTOR_OBJECT_FORBIDDEN', 'secret'],
    [
      driver({ errno: 1142 }, "SELECT command denied to user 'u'@'h' for table 'secret'"),
      'CONNECTOR_OBJECT_FORBIDDEN',
      'secret',
    ],
    [driver({ code: '42501' }), 'CONNECTOR_PERMISSION', undefined],
    [new TypeError('x is not a function'), 'CONNECTOR_FAILED', undefined],
  ])('%s is %s (%s)', (error, code, object) => {
    const ours = sqlError(error, 'owners');
    expect([ours.code, ours.params['object']]).toEqual([code, object]);
  });
});
