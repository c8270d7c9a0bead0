/** A family of service plans for which one rule holds. */
export type Tier =
  | 'STANDALONE'
  | 'STANDALONE_LEGACY'
  | 'STANDALONE_TRIAL'
  | 'DEVELOPER'
  | 'D365_P2'
  | 'D365'
  | 'D365_TEAM'
  | 'O365_P3'
  | 'O365_P2'
  | 'O365_P1'
  | 'O365_S1'
  | 'FREE';

/**
 * Which families include the gateway. `classic`: every licence but lower-end Microsoft 365, as the product's brief has it.
 * `current`: a premium capability since October 2019, which rights seeded with Microsoft 365 never bring; those seeded with
 * Dynamics 365 hold only inside their app, which a token does not tell, so they are refused.
 *
 * @see MicrosoftDocs/power-platform admin/wp-onpremises-gateway.md; admin/powerapps-flow-licensing-faq.md
 */
export const TIERS: Readonly<Record<Tier, { readonly classic: boolean; readonly current: boolean }>> = {
  STANDALONE: { classic: true, current: true },
  STANDALONE_LEGACY: { classic: true, current: true },
  STANDALONE_TRIAL: { classic: true, current: true },
  DEVELOPER: { classic: true, current: true },
  D365_P2: { classic: true, current: false },
  D365: { classic: true, current: false },
  D365_TEAM: { classic: true, current: false },
  O365_P3: { classic: true, current: false },
  O365_P2: { classic: true, current: false },
  O365_P1: { classic: false, current: false },
  O365_S1: { classic: false, current: false },
  FREE: { classic: false, current: false },
};

/** Family of each Power Apps and Power Automate service plan, by the plan's id. */
export const PLAN_TIERS: ReadonlyMap<string, Tier> = new Map<string, Tier>([
  ['d7c3df99-6f58-40b9-8940-cd3a51679d85', 'STANDALONE'], // DATAVERSE_FOR_POWER_AUTOMATE_PER_PROCESS
  ['7e017b61-a6e0-4bdc-861a-932846591f6e', 'STANDALONE'], // FLOW_BUSINESS_PROCESS
  ['cb83e771-a077-4a73-9201-d955585b29fa', 'STANDALONE'], // FLOW_BUSINESS_PROCESS_GCC
  ['c5002c70-f725-4367-b409-f0eff4fee6c0', 'STANDALONE'], // FLOW_PER_USER
  ['769b8bee-2779-4c5a-9456-6f4f8629fd41', 'STANDALONE'], // FLOW_PER_USER_GCC
  ['c539fa36-a64e-479a-82e1-e40ff2aa83ee', 'STANDALONE'], // Flow_Per_APP
  ['8e2c2c3d-07f6-4da7-86a9-e78cc8c2c8b9', 'STANDALONE'], // Flow_Per_APP_GCC
  ['dc789ed8-0170-4b65-a415-eb77d5bb350a', 'STANDALONE'], // Flow_PowerApps_PerUser
  ['8e3eb3bd-bc99-4221-81b8-8b8bc882e128', 'STANDALONE'], // Flow_PowerApps_PerUser_GCC
  ['b4f657ff-d83e-4053-909d-baa2b595ec97', 'STANDALONE'], // POWERAPPS_PER_APP
  ['be6e5cba-3661-424c-b79a-6d95fa1d849a', 'STANDALONE'], // POWERAPPS_PER_APP_GCC
  ['70091fc8-1836-470f-a386-f4e6639cb04e', 'STANDALONE'], // POWERAPPS_PER_APP_GCC_NEW
  ['14f8dac2-0784-4daa-9cb2-6d670b088d64', 'STANDALONE'], // POWERAPPS_PER_APP_NEW
  ['ea2cf03b-ac60-46ae-9c1d-eeaeb63cec86', 'STANDALONE'], // POWERAPPS_PER_USER
  ['8f55b472-f8bf-40a9-be30-e29919d4ddfe', 'STANDALONE'], // POWERAPPS_PER_USER_GCC
  ['375cd0ad-c407-49fd-866a-0bff4f8a9a4d', 'STANDALONE'], // POWER_AUTOMATE_ATTENDED_RPA
  ['fb613c67-1a58-4645-a8df-21e95a37d433', 'STANDALONE'], // POWER_AUTOMATE_ATTENDED_RPA_GCC
  ['774da41c-a8b3-47c1-8322-b9c1ab68be9f', 'STANDALONE_LEGACY'], // FLOW_P1_GOV
  ['56be9436-e4b2-446c-bb7f-cc15d16cca4d', 'STANDALONE_LEGACY'], // FLOW_P2
  ['5ce719f1-169f-4021-8a64-7d24dcaec15f', 'STANDALONE_LEGACY'], // POWERAPPS_P1_GOV
  ['00527d7f-d5bc-4c2a-8d1e-6c0de2410c81', 'STANDALONE_LEGACY'], // POWERAPPS_P2
  ['dd14867e-8d31-4779-a595-304405f5ad39', 'STANDALONE_TRIAL'], // Flow_Per_APP_IWTRIAL
  ['d5368ca3-357e-4acb-9c21-8495fb025d1f', 'STANDALONE_TRIAL'], // POWERAPPS_P2_VIRAL
  ['35122886-cef5-44a3-ab36-97134eabd9ba', 'STANDALONE_TRIAL'], // POWERAPPS_PER_APP_IWTRIAL
  ['c7ce3f26-564d-4d3a-878d-d8ab868c85fe', 'DEVELOPER'], // FLOW_DEV_VIRAL
  ['a2729df7-25f8-4e63-984b-8a8484121554', 'DEVELOPER'], // POWERAPPS_DEV_VIRAL
  ['b650d915-9886-424b-a08d-633cede56f57', 'D365_P2'], // FLOW_DYN_P2
  ['06879193-37cc-4976-8991-f8165c994ce7', 'D365_P2'], // FLOW_DYN_P2_GOV
  ['0b03f40b-c404-40c3-8651-2aceb74365fa', 'D365_P2'], // POWERAPPS_DYN_P2
  ['51729bb5-7564-4927-8df8-9f5b12279cf3', 'D365_P2'], // POWERAPPS_DYN_P2_GOV
  ['0368fc9c-3721-437f-8b7d-3d0f888cdefc', 'D365'], // FLOW_CUSTOMER_SERVICE_PRO
  ['7e6d7d78-73de-46ba-83b1-6d25117334ba', 'D365'], // FLOW_DYN_APPS
  ['2c6af4f1-e7b6-4d59-bbc8-eaa884f42d69', 'D365'], // FLOW_DYN_APPS_GOV
  ['e62ffe5b-7612-441f-a72d-c11cf456d33a', 'D365'], // FLOW_SALES_PRO_GOV
  ['c507b04c-a905-4940-ada6-918891e6d3ad', 'D365'], // POWERAPPS_CUSTOMER_SERVICE_PRO
  ['874fc546-6efe-4d22-90b8-5c4e7aa59f4b', 'D365'], // POWERAPPS_DYN_APPS
  ['3089c02b-e533-4b73-96a5-01fa648c3c3c', 'D365'], // POWERAPPS_DYN_APPS_GOV
  ['6f9f70ce-138d-49f8-bb8b-2e701b7dde75', 'D365'], // POWERAPPS_SALES_PRO
  ['12cf31f8-754f-4efe-87a8-167c19e30831', 'D365'], // POWERAPPS_SALES_PRO_GOV
  ['1ec58c70-f69c-486a-8109-4b87ce86e449', 'D365_TEAM'], // FLOW_DYN_TEAM
  ['47bdde6a-959f-4c7f-8d59-3243e34f1cb3', 'D365_TEAM'], // FLOW_DYN_TEAM_GOV
  ['52e619e2-2730-439a-b0d3-d09ab7e8b705', 'D365_TEAM'], // POWERAPPS_DYN_TEAM
  ['63efc247-5f28-43e3-a2f8-00c183e3f1db', 'D365_TEAM'], // POWERAPPS_DYN_TEAM_GOV
  ['07699545-9485-468e-95b6-2fca3738be01', 'O365_P3'], // FLOW_O365_P3
  ['ee939cf0-7cd1-4262-9f72-9eaa45dbba69', 'O365_P3'], // FLOW_O365_P3_GCCHIGH
  ['8055d84a-c172-42eb-b997-6c2ae4628246', 'O365_P3'], // FLOW_O365_P3_GOV
  ['9c0dab89-a30c-4117-86e7-97bda240acd2', 'O365_P3'], // POWERAPPS_O365_P3
  ['b50a9096-5b07-4ded-a5e4-a492fb94b6ee', 'O365_P3'], // POWERAPPS_O365_P3_GCCHIGH
  ['0eacfc38-458a-40d3-9eab-9671258f1a3e', 'O365_P3'], // POWERAPPS_O365_P3_GOV
  ['76846ad7-7776-4c40-a281-a386362dd1b9', 'O365_P2'], // FLOW_O365_P2
  ['c537f360-6a00-4ace-a7f5-9128d0ac1e4b', 'O365_P2'], // FLOW_O365_P2_GOV
  ['c68f8d98-5534-41c8-bf36-22fa496fa792', 'O365_P2'], // POWERAPPS_O365_P2
  ['0a20c815-5e81-4727-9bdc-2b5a117850c3', 'O365_P2'], // POWERAPPS_O365_P2_GOV
  ['0f9b09cb-62d1-4ff4-9129-43f4996f83f4', 'O365_P1'], // FLOW_O365_P1
  ['e923bad8-588e-44d5-acd0-b226daa7b4de', 'O365_P1'], // FLOW_O365_P1_GCCHIGH
  ['ad6c8870-6356-474c-901c-64d7da8cea48', 'O365_P1'], // FLOW_O365_P1_GOV
  ['92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c', 'O365_P1'], // POWERAPPS_O365_P1
  ['3913e44e-824e-490c-a182-82785d769b45', 'O365_P1'], // POWERAPPS_O365_P1_GCCHIGH
  ['c42aa49a-f357-45d5-9972-bc29df885fee', 'O365_P1'], // POWERAPPS_O365_P1_GOV
  ['bd91b1a4-9f94-4ecf-b45b-3a65e5c8128a', 'O365_S1'], // FLOW_O365_S1
  ['1db85bca-cd60-4bf5-ae54-641e0778a532', 'O365_S1'], // FLOW_O365_S1_GCCHIGH
  ['5d32692e-5b24-4a59-a77e-b2a8650e25c1', 'O365_S1'], // FLOW_O365_S1_GOV
  ['e0287f9f-e222-4f98-9a83-f379e249159a', 'O365_S1'], // POWERAPPS_O365_S1
  ['b9f1a92f-d4c7-477b-b64c-e23d7b4e8cf9', 'O365_S1'], // POWERAPPS_O365_S1_GCCHIGH
  ['49f06c3d-da7d-4fa0-bcce-1458fdd18a59', 'O365_S1'], // POWERAPPS_O365_S1_GOV
  ['50e68c76-46c6-4674-81f9-75456511b170', 'FREE'], // FLOW_P2_VIRAL
  ['d20bfa21-e9ae-43fc-93c2-20783f0840c3', 'FREE'], // FLOW_P2_VIRAL_REAL
  ['e61a2945-1d4e-4523-b6e7-30ba39d20f32', 'FREE'], // POWERAPPSFREE
  ['0b4346bb-8dc3-4079-9dfc-513696f56039', 'FREE'], // POWERFLOWSFREE
]);
