import { expect, it } from 'vitest';
import { flawsOf } from '../../../support/browser/appearances.js';
import type { PortalWorld } from '../../../support/browser/portal-world.js';
import { Wizard } from '../../../support/browser/wizard.js';

/** Path and file name of the pictures of every page, with all of its parts. */
const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'overview'],
  ['/gateways', 'gateways'],
  ['/gateways/{gateway}', 'gateway'],
  ['/gateways/{gateway}?tab=connections', 'gateway-connections'],
  ['/gateways/{gateway}?tab=people', 'gateway-people'],
  ['/gateways/{gateway}?tab=activity', 'gateway-activity'],
  ['/gateways/{gateway}?tab=settings', 'gateway-settings'],
  ['/gateways/{gateway}?tab=recovery', 'gateway-recovery'],
  ['/gateways/{gateway}?tab=diagnosis', 'gateway-diagnosis'],
  ['/install', 'install'],
  ['/connections', 'connections'],
  ['/connections/{connection}', 'connection'],
  ['/connections/{connection}?tab=settings', 'connection-settings'],
  ['/connections/{connection}?tab=sharing', 'connection-sharing'],
  ['/connections/{connection}?tab=environments', 'connection-environments'],
  ['/connections/{connection}?tab=licences', 'connection-licences'],
  ['/connections/{connection}?tab=usage', 'connection-usage'],
  ['/environments', 'environments'],
  ['/licences', 'licences'],
  ['/licences?tab=connection', 'licences-connection'],
  ['/licences?tab=person', 'licences-person'],
  ['/policy', 'policy'],
  ['/explain', 'explain'],
  ['/explain?user={user}&connection={connection}&operation=listItems', 'explain-answer'],
  ['/requests', 'requests'],
  ['/requests/{request}', 'request'],
  ['/audit', 'audit'],
  ['/releases', 'releases'],
  ['/network', 'network'],
  ['/sign-in', 'sign-in'],
];

/** What no page may do, whatever is on it. */
export function everyPage(here: () => PortalWorld): void {
  it.each(PAGES)('%s is quiet, and can be used by everybody, light and dark', async (path, name) => {
    const { admin } = here();
    admin.takeComplaints();
    await admin.open(await placed(here(), path));
    expect(await flawsOf(admin, name), path).toEqual([]);
    expect(admin.takeComplaints(), `the console on ${path}`).toEqual([]);
  });

  it('so is every step of the connection wizard', async () => {
    const { admin } = here();
    const wizard = new Wizard(admin);
    await wizard.begin();
    expect(await flawsOf(admin, 'connections-new-1')).toEqual([]);
    await wizard.chooseSource('contoso.hq', 'PostgreSQL');
    expect(await flawsOf(admin, 'connections-new-2')).toEqual([]);
    await wizard.fillAddress({ Name: 'Never made', Server: 'db.example.com', Database: 'sales' });
    await admin.page.getByRole('radio', { name: 'User name and password' }).check();
    expect(await flawsOf(admin, 'connections-new-3')).toEqual([]);
    await admin.page.getByLabel('User name', { exact: true }).fill('reader');
    await admin.page.getByLabel('Password', { exact: true }).fill('never sent');
    await wizard.go('Seal and go on');
    expect(await flawsOf(admin, 'connections-new-4')).toEqual([]);
    await wizard.go('Next');
    expect(await flawsOf(admin, 'connections-new-5')).toEqual([]);
    expect(admin.takeComplaints()).toEqual([]);
  });

  it('so is the page that is not there', async () => {
    const { admin } = here();
    await admin.page.goto(`${admin.baseUrl}/portal/nowhere`);
    await admin.page.getByText('There is no such page').waitFor();
    expect(await flawsOf(admin, 'not-found')).toEqual([]);
  });
}

async function placed({ stack }: PortalWorld, path: string): Promise<string> {
  const newest = async (): Promise<string> => {
    const { body } = await stack.ask('contoso.admin', 'GET', '/v1/requests?top=1');
    return (body as { value: { traceId: string }[] }).value[0]?.traceId ?? '';
  };
  return path
    .replace('{gateway}', stack.description.gateways['contoso.hq']?.id ?? '')
    .replace('{connection}', stack.connection('contoso.warehouse'))
    .replace('{user}', encodeURIComponent(stack.description.users['contoso.outsider']?.username ?? ''))
    .replace('{request}', path.includes('{request}') ? await newest() : '');
}
