import './not-in-production.js';

export type TenantName = 'contoso' | 'fabrikam';

/** A service plan as Microsoft Graph lists it in a licence. */
export interface SeedServicePlan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
  /** `Success` when missing. */
  readonly provisioningStatus?: string;
}

/** A licence product. Only the plans that decide about the gateway are listed. */
export interface SeedProduct {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly servicePlans: readonly SeedServicePlan[];
}

export interface SeedTenant {
  readonly name: TenantName;
  readonly id: string;
  readonly displayName: string;
}

export interface SeedUser {
  /** Name in `stack.json`, e.g. `contoso.maker`. */
  readonly name: string;
  readonly tenant: TenantName;
  readonly objectId: string;
  /** User principal name. */
  readonly username: string;
  readonly displayName: string;
  readonly products: readonly SeedProduct[];
  /** Template ids of the directory roles held. */
  readonly directoryRoles: readonly string[];
}

export interface SeedServicePrincipal {
  readonly name: string;
  readonly tenant: TenantName;
  readonly clientId: string;
  /** Of the service principal, which is what `oid` says; not of the application. */
  readonly objectId: string;
  readonly displayName: string;
  /** Application permissions granted on Tidegate. */
  readonly roles: readonly string[];
}

/** A security group. */
export interface SeedGroup {
  readonly name: string;
  readonly tenant: TenantName;
  readonly objectId: string;
  readonly displayName: string;
  /** Object ids of people, service principals and groups. */
  readonly members: readonly string[];
}

/** Template ids of Microsoft Entra's built-in directory roles. */
export const DIRECTORY_ROLES = {
  globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
  powerPlatformAdministrator: '11648597-926c-4cf3-9c36-bcebb0ba8dcc',
} as const;

/** Application id of Tidegate in the development directory: `aud` of every token for it. */
export const AUDIENCE = 'fecefb66-4914-4ecf-8934-441f798e2196';

/** What a client asks for to speak to Tidegate for a person. */
export const USER_SCOPE = `api://${AUDIENCE}/user_impersonation`;

/** Public client of agents, command line and portal. */
export const PUBLIC_CLIENT_ID = 'e89f9867-ba49-4fd5-b84d-1cbdf383d6aa';

/** The control plane's own application, with which it reads licences and uses the vault. Known in every tenant. */
export const CONTROL_PLANE_CLIENT_ID = '4d9b534a-a12e-464a-80f7-38853a130965';

/** Service principal of that application in each tenant. */
export const CONTROL_PLANE_OBJECT_IDS: Readonly<Record<TenantName, string>> = {
  contoso: '52ea0b68-bbce-4870-b360-98e184b546ba',
  fabrikam: 'd3a7f436-3740-44be-a5c2-e6bb34c83521',
};

/** Application of whoever publishes releases: the only one that the release key's vault lets in. Known in the first tenant. */
export const PUBLISHER_CLIENT_ID = 'b7c4f1f2-6b0e-4a55-9a0b-0f3f6d1c8a94';
export const PUBLISHER_OBJECT_ID = '2f6cf7a0-58a1-4f52-8a8e-6b7a4f3d9e17';

/** Part numbers and ids as in Microsoft's table of product names and service plan identifiers. */
export const PRODUCTS = {
  powerAppsPremium: {
    skuId: 'b30411f5-fea1-4a59-9ad9-3db7c7ead579',
    skuPartNumber: 'POWERAPPS_PER_USER',
    servicePlans: [
      { servicePlanId: 'dc789ed8-0170-4b65-a415-eb77d5bb350a', servicePlanName: 'Flow_PowerApps_PerUser' },
      { servicePlanId: 'ea2cf03b-ac60-46ae-9c1d-eeaeb63cec86', servicePlanName: 'POWERAPPS_PER_USER' },
    ],
  },
  powerAutomatePremium: {
    skuId: 'eda1941c-3c4f-4995-b5eb-e85a42175ab9',
    skuPartNumber: 'POWERAUTOMATE_ATTENDED_RPA',
    servicePlans: [
      { servicePlanId: '375cd0ad-c407-49fd-866a-0bff4f8a9a4d', servicePlanName: 'POWER_AUTOMATE_ATTENDED_RPA' },
    ],
  },
  office365E1: {
    skuId: '18181a46-0d4e-45cd-891e-60aabd171b4e',
    skuPartNumber: 'STANDARDPACK',
    servicePlans: [
      { servicePlanId: '0f9b09cb-62d1-4ff4-9129-43f4996f83f4', servicePlanName: 'FLOW_O365_P1' },
      { servicePlanId: '92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c', servicePlanName: 'POWERAPPS_O365_P1' },
    ],
  },
  businessBasic: {
    skuId: '3b555118-da6a-4418-894f-7df1e2096870',
    skuPartNumber: 'O365_BUSINESS_ESSENTIALS',
    servicePlans: [
      { servicePlanId: '0f9b09cb-62d1-4ff4-9129-43f4996f83f4', servicePlanName: 'FLOW_O365_P1' },
      { servicePlanId: '92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c', servicePlanName: 'POWERAPPS_O365_P1' },
    ],
  },
} as const satisfies Record<string, SeedProduct>;

export const TENANTS: readonly SeedTenant[] = [
  { name: 'contoso', id: '8e11363b-471e-4b88-9837-e221a9089eef', displayName: 'Contoso' },
  { name: 'fabrikam', id: '030ef2f9-b13c-47f9-80fc-4b8f8c2dd0a7', displayName: 'Fabrikam' },
];

const { powerAppsPremium, powerAutomatePremium, office365E1, businessBasic } = PRODUCTS;
const ADMINISTRATOR = [DIRECTORY_ROLES.powerPlatformAdministrator];

export const USERS: readonly SeedUser[] = [
  user('contoso.admin', 'f850669a-3789-47d3-b86e-ef681a4b997c', 'Ada Admin', [powerAppsPremium], ADMINISTRATOR),
  user('contoso.maker', '3730a630-3e07-4b77-b127-4fde6ffcb9a4', 'Mika Maker', [powerAutomatePremium]),
  user('contoso.coadmin', '1ad5413c-c5f0-4285-bd40-2aeaf3687ccf', 'Cody Coadmin', [powerAppsPremium]),
  user('contoso.e1', 'a063f4be-849b-46b0-877b-e46a2f57460a', 'Eli Enterprise', [office365E1]),
  user('contoso.basic', 'f6f5b6c4-5b13-4140-ab21-2919ce7866ac', 'Bo Basic', [businessBasic]),
  user('contoso.outsider', '898c8c99-cc3c-44e3-b900-d6ef2ce38ffe', 'Odile Outsider', [powerAppsPremium]),
  user('fabrikam.admin', '69dddbdd-b9e6-41f4-9750-5b008cd03236', 'Fay Fabrikam', [powerAppsPremium], ADMINISTRATOR),
];

export const SERVICE_PRINCIPALS: readonly SeedServicePrincipal[] = [
  {
    name: 'contoso.automation',
    tenant: 'contoso',
    clientId: '19be0184-bbd0-425a-9c59-e47c1b48e77f',
    objectId: '9ba4842e-7b23-470d-afff-ee73388c88fc',
    displayName: 'Contoso automation',
    roles: ['Tidegate.Automation'],
  },
];

const NIGHT_SHIFT_ID = '5c0f2f0e-8d0a-4a43-9d0e-1f6c0f7d1b52';

export const GROUPS: readonly SeedGroup[] = [
  {
    name: 'contoso.operators',
    tenant: 'contoso',
    objectId: '2b7d6a31-6c1f-4e0b-8a57-93c1d2f4e7a6',
    displayName: 'Gateway operators',
    members: ['1ad5413c-c5f0-4285-bd40-2aeaf3687ccf', '9ba4842e-7b23-470d-afff-ee73388c88fc', NIGHT_SHIFT_ID],
  },
  {
    name: 'contoso.nightShift',
    tenant: 'contoso',
    objectId: NIGHT_SHIFT_ID,
    displayName: 'Night shift',
    members: ['3730a630-3e07-4b77-b127-4fde6ffcb9a4', 'a063f4be-849b-46b0-877b-e46a2f57460a'],
  },
];

export const ENVIRONMENTS = [
  { name: 'contoso.us', tenant: 'contoso', region: 'unitedstates' },
  { name: 'contoso.europe', tenant: 'contoso', region: 'europe' },
  { name: 'contoso.asia', tenant: 'contoso', region: 'asia' },
] as const;

function user(
  name: string,
  objectId: string,
  displayName: string,
  products: readonly SeedProduct[],
  directoryRoles: readonly string[] = [],
): SeedUser {
  const tenant: TenantName = name.startsWith('fabrikam.') ? 'fabrikam' : 'contoso';
  return {
    name,
    tenant,
    objectId,
    username: `${name}@${tenant}.example`,
    displayName,
    products,
    directoryRoles,
  };
}
