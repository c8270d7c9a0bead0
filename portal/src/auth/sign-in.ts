import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { PortalConfig } from '../api/portal-config.js';
import { SignInNeeded } from './sign-in-needed.js';

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly tenantId: string;
}

/** A token is renewed when it lasts for less than this, in seconds. */
const MIN_REMAINING_SECONDS = 60;
const TENANT_KEY = 'tidegate.tenant';

/** Authorization code with PKCE at the directory of one organisation. Tokens are kept for this tab only. */
export class SignIn {
  private manager: UserManager | undefined;
  private renewing: Promise<User | null> | undefined;
  private readonly listeners = new Set<() => void>();
  private user: User | undefined;

  constructor(
    private readonly config: PortalConfig,
    private readonly origin: string,
  ) {
    const tenant = sessionStorage.getItem(TENANT_KEY);
    if (tenant !== null) this.manager = this.managerOf(tenant);
  }

  get account(): Account | undefined {
    const profile = this.user?.profile;
    if (!profile || this.user?.expired) return undefined;
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    return {
      id: text(profile['oid'] ?? profile.sub),
      name: text(profile.name ?? profile.preferred_username),
      username: text(profile.preferred_username),
      tenantId: text(profile['tid']),
    };
  }

  /** What an earlier page of this tab kept. */
  async resume(): Promise<void> {
    this.user = (await this.manager?.getUser()) ?? undefined;
  }

  /** Leaves the page. @param tenant id of the organisation @param returnTo path below the portal to come back to */
  async begin(tenant: string, returnTo: string): Promise<void> {
    sessionStorage.setItem(TENANT_KEY, tenant);
    this.manager = this.managerOf(tenant);
    await this.manager.signinRedirect({ state: { returnTo } });
  }

  /** @returns where the person wanted to go @throws Error when the directory refused */
  async complete(): Promise<string> {
    if (!this.manager) throw new SignInNeeded();
    this.user = await this.manager.signinRedirectCallback();
    this.tell();
    const { returnTo } = (this.user.state ?? {}) as { returnTo?: unknown };
    return typeof returnTo === 'string' && /^\/(?!\/)/.test(returnTo) ? returnTo : '/';
  }

  /** Signs in once more in a window of its own: what is typed in this page stays. */
  async again(): Promise<void> {
    if (!this.manager) throw new SignInNeeded();
    this.user = await this.manager.signinPopup();
    this.tell();
  }

  /** Takes the answer of the directory in that window. */
  async completeAgain(): Promise<void> {
    await this.manager?.signinPopupCallback();
  }

  async leave(): Promise<void> {
    const { manager } = this;
    this.user = undefined;
    sessionStorage.removeItem(TENANT_KEY);
    this.tell();
    await manager?.signoutRedirect();
  }

  /** An access token that is valid now, renewed where it has to be. @throws SignInNeeded */
  async token(): Promise<string> {
    const { user } = this;
    if (user && (user.expires_in ?? 0) > MIN_REMAINING_SECONDS) return user.access_token;
    const renewed = await this.renew();
    if (renewed) return renewed.access_token;
    if (user && !user.expired) return user.access_token;
    this.tell();
    throw new SignInNeeded();
  }

  /** Told when somebody signed in or has to. @returns how to stop */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** One renewal at a time: a refresh token may be used once. */
  private async renew(): Promise<User | null> {
    const { manager } = this;
    if (!manager || this.user?.refresh_token === undefined) return null;
    this.renewing ??= manager.signinSilent().finally(() => {
      this.renewing = undefined;
    });
    try {
      const user = await this.renewing;
      if (user) this.user = user;
      return user;
    } catch (error) {
      if (error instanceof Error) return null;
      throw error;
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private managerOf(tenant: string): UserManager {
    const { authority, clientId, scope } = this.config;
    return new UserManager({
      authority: `${authority}/${encodeURIComponent(tenant)}/v2.0`,
      client_id: clientId,
      redirect_uri: `${this.origin}/portal/signed-in`,
      popup_redirect_uri: `${this.origin}/portal/signed-in-again`,
      post_logout_redirect_uri: `${this.origin}/portal/`,
      response_type: 'code',
      scope: `openid profile offline_access ${scope}`,
      automaticSilentRenew: false,
      loadUserInfo: false,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }
}
