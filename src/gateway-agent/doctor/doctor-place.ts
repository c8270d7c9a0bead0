import type { CommonSettings } from '../settings.js';
import type { DoctorOrder, NamedControlPlane } from './doctor-settings.js';

/** Where a diagnosis is made. */
export type DoctorPlace = CommonSettings & NamedControlPlane;

export type DoctorSettings = DoctorPlace & DoctorOrder & { readonly command: 'doctor' };
