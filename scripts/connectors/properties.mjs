import { PLACES } from './places.mjs';

const URL_TEMPLATE = 'x-ms-apimTemplateParameter.urlTemplate';
const NEXT_LINK = 'x-ms-apimTemplateParameter.nextLinkPropertyName';
const OPERATIONS = 'x-ms-apimTemplate-operationName';

/**
 * `apiProperties.json` of a connector: what a maker is asked when making a connection, and how the platform gets from it
 * to the address. Nothing of the source is asked: its place and its credential are the business of the connection here,
 * whose id is enough.
 */
export function connectorProperties(kind, { colour }, operations) {
  return {
    properties: {
      connectionParameters: {
        connectionId: {
          type: 'string',
          uiDefinition: {
            displayName: 'Connection',
            description: 'Id of the connection, as its list shows it.',
            tooltip: 'Id of a connection that you may use',
            constraints: { tabIndex: 2, required: 'true' },
          },
        },
        token: {
          type: 'oauthSetting',
          oAuthSettings: {
            identityProvider: 'aad',
            clientId: PLACES.clientId,
            scopes: [],
            redirectMode: 'Global',
            redirectUrl: 'https://global.consent.azure-apim.net/redirect',
            properties: { IsFirstParty: 'False' },
            customParameters: {
              loginUri: { value: 'https://login.microsoftonline.com' },
              tenantId: { value: 'common' },
              resourceUri: { value: PLACES.audience },
              enableOnbehalfOfLogin: { value: 'false' },
            },
          },
          uiDefinition: { constraints: { tabIndex: 3, required: 'true', capability: ['cloud'] } },
        },
        authType: {
          type: 'string',
          allowedValues: [{ value: 'none' }],
          uiDefinition: {
            displayName: 'Authentication type',
            description: 'How to sign in behind the gateway.',
            tooltip: 'How to sign in behind the gateway',
            constraints: {
              tabIndex: 1,
              required: 'true',
              allowedValues: [{ text: 'none', value: 'anonymous' }],
              capability: ['gateway'],
            },
          },
        },
        gateway: {
          type: 'gatewaySetting',
          gatewaySettings: { dataSourceType: 'CustomConnector', connectionDetails: [] },
          uiDefinition: { constraints: { tabIndex: 4, required: 'true', capability: ['gateway'] } },
        },
      },
      iconBrandColor: colour,
      capabilities: ['gateway', 'cloud'],
      policyTemplateInstances: policiesOf(kind, operations),
      publisher: 'Tidegate',
      stackOwner: 'Tidegate',
    },
  };
}

function policiesOf(kind, operations) {
  const paged = operations.filter(({ row }) => row.pageable);
  const links = [...new Set(paged.map(({ row }) => row.pageable))];
  return [
    {
      templateId: 'dynamichosturl',
      title: 'Address of the connection',
      parameters: { [URL_TEMPLATE]: `${PLACES.publicUrl}/apim/${kind}/@connectionParameters('connectionId')` },
    },
    ...links.map((link) => ({
      templateId: 'updatenextlink',
      title: 'Address of the next page',
      parameters: {
        [NEXT_LINK]: link,
        [OPERATIONS]: paged.filter(({ row }) => row.pageable === link).map(({ row }) => row.operationId),
      },
    })),
  ];
}
