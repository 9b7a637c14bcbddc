/** Settings of a `sql` source. */
export const sqlSettingsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['engine', 'host', 'database', 'user'],
  properties: {
    engine: {
      enum: ['postgresql', 'mysql', 'mariadb'],
      title: '数据库类型',
      description: 'Which database the source system runs on.',
    },
    host: { type: 'string', minLength: 1, title: '主机', description: 'Host name or address.', examples: ['10.1.2.3'] },
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65535,
      title: '端口',
      description: 'TCP port; left out: 5432 for PostgreSQL, 3306 for MySQL and MariaDB.',
    },
    database: {
      type: 'string',
      minLength: 1,
      title: '数据库名',
      description: 'Name of the database (schema in MySQL).',
    },
    user: { type: 'string', minLength: 1, title: '用户名', description: 'A user that may only read.' },
    password: { type: 'string', 'x-secret': true, title: '密码', description: 'Password of the user.' },
    ssl: {
      enum: ['off', 'require', 'verify'],
      default: 'off',
      title: '加密连接',
      description: 'off: plain; require: TLS without checking the certificate; verify: TLS with a checked certificate.',
    },
    caFile: {
      type: 'string',
      minLength: 1,
      title: 'CA 证书文件',
      description: 'PEM file of the authority that signed the server certificate, when it is not a public one.',
    },
  },
} as const;
