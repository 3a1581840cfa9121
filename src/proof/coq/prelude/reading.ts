/** How a theorem is linked to what is checked. Coq source. */
export const READING = `(* What the sides of a theorem are read with. *)
Definition env_of (values : list Z) : env := fun v => nth (pred (Pos.to_nat v)) values 0.
Definition tensors_of {ring : CommutativeRing} (ts : list (list Z -> carrier)) : tensors :=
  fun t => nth (pred (Pos.to_nat t)) ts (fun _ => zero).
Ltac assumptions_hold :=
  repeat apply Forall_cons; try apply Forall_nil;
  cbv [eval env_of nth pred Pos.to_nat Pos.iter_op Nat.add]; lia.
(* Both sides are the same by computation, which Qed checks. *)
Ltac definitions_hold :=
  repeat apply Forall_cons; try apply Forall_nil; cbv [holds at_all length d_free d_name d_terms];
  intros; lazymatch goal with |- ?a = _ => exact_no_check (eq_refl a) end.
`;
