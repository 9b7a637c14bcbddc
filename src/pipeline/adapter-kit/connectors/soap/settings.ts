/** Settings every `soap` source has; an adapter adds its own (credentials as parameters, further endpoints) in its manifest. */
export const soapSettingsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['endpoint'],
  properties: {
    endpoint: {
      type: 'string',
      pattern: '^https?://[^\\s]+$',
      title: '服务地址',
      description: 'Address of the SOAP service (without ?wsdl).',
      examples: ['http://10.1.2.3:8080/services/SamDataExchange'],
    },
  },
} as const;
