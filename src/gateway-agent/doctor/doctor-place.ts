import type { CommonSettings } from '../settings.js';
import type { DoctorOrder, NamedControlPlane, NamedRelay } from './doctor-settings.js';

/** Where a diagnosis is made. */
export type DoctorPlace = CommonSettings & NamedControlPlane & NamedRelay;

export type DoctorSettings = DoctorPlace & DoctorOrder & { readonly command: 'doctor' };
