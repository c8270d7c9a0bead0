import {
  ArrowDownloadRegular,
  BookQuestionMarkRegular,
  BoxMultipleRegular,
  ClipboardTaskListLtrRegular,
  DatabasePlugConnectedRegular,
  GlobeRegular,
  GlobeShieldRegular,
  HomeRegular,
  PulseRegular,
  RibbonRegular,
  ServerRegular,
  ShieldKeyholeRegular,
  type FluentIcon,
} from '@fluentui/react-icons';
import { texts } from '../texts/texts.js';

export interface NavigationEntry {
  readonly to: string;
  readonly label: string;
  readonly icon: FluentIcon;
}

/** The pages in the order of the menu. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { to: '/', label: texts.nav.overview, icon: HomeRegular },
  { to: '/gateways', label: texts.nav.gateways, icon: ServerRegular },
  { to: '/install', label: texts.nav.install, icon: ArrowDownloadRegular },
  { to: '/connections', label: texts.nav.connections, icon: DatabasePlugConnectedRegular },
  { to: '/environments', label: texts.nav.environments, icon: GlobeRegular },
  { to: '/licences', label: texts.nav.licences, icon: RibbonRegular },
  { to: '/policy', label: texts.nav.policy, icon: ShieldKeyholeRegular },
  { to: '/explain', label: texts.nav.explain, icon: BookQuestionMarkRegular },
  { to: '/requests', label: texts.nav.requests, icon: PulseRegular },
  { to: '/audit', label: texts.nav.audit, icon: ClipboardTaskListLtrRegular },
  { to: '/releases', label: texts.nav.releases, icon: BoxMultipleRegular },
  { to: '/network', label: texts.nav.network, icon: GlobeShieldRegular },
];
