/** Settings of an `http` source. */
export const httpSettingsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['baseUrl'],
  properties: {
    baseUrl: {
      type: 'string',
      pattern: '^https?://[^\\s]+$',
      title: '接口根地址',
      description: 'Address before the paths of the manifest.',
      examples: ['https://10.1.2.3:8443/tmf-api'],
    },
    token: {
      type: 'string',
      minLength: 1,
      'x-secret': true,
      title: '令牌',
      description: 'Sent as Authorization: Bearer.',
    },
    apiKey: {
      type: 'string',
      minLength: 1,
      'x-secret': true,
      title: '接口密钥',
      description: 'Sent in the header apiKeyHeader.',
    },
    apiKeyHeader: {
      type: 'string',
      pattern: '^[A-Za-z0-9-]{1,64}$',
      default: 'X-API-Key',
      title: '接口密钥的请求头',
      description: 'Name of the header that carries apiKey.',
    },
  },
} as const;
