/** Values: any commutative ring, its finite sums, and conditions as factors. All that the statements are written with. Coq source. */
export const RING = `From Coq Require Import ZArith List Bool Lia Ring InitialRing Permutation.
Import ListNotations.
Open Scope Z_scope.

(* The values: any commutative ring. *)
Class CommutativeRing := {
  carrier : Type;
  zero : carrier; one : carrier;
  add : carrier -> carrier -> carrier;
  mul : carrier -> carrier -> carrier;
  sub : carrier -> carrier -> carrier;
  opp : carrier -> carrier;
  laws : ring_theory zero one add mul sub opp (@eq carrier)
}.
Notation "a [+] b" := (add a b) (at level 50, left associativity).
Notation "a [-] b" := (sub a b) (at level 50, left associativity).
Notation "a [*] b" := (mul a b) (at level 40, left associativity).

(* The integers are such a ring. *)
Definition integers : CommutativeRing := {| laws := Zth |}.

Section Sums.
Context {ring : CommutativeRing}.
Add Ring values : laws.

(* b as a factor: r where b holds, zero elsewhere. *)
Definition when (b : bool) (r : carrier) : carrier := if b then r else zero.

(* 0 <= e < n. *)
Definition inside (e n : Z) : bool := (0 <=? e) && (e <? n).

Fixpoint sum_nat (n : nat) (f : Z -> carrier) : carrier :=
  match n with O => zero | S m => sum_nat m f [+] f (Z.of_nat m) end.

(* f 0 [+] ... [+] f (n - 1); zero if n <= 0. *)
Definition sum (n : Z) (f : Z -> carrier) : carrier := sum_nat (Z.to_nat n) f.

(* The integer c in the ring: one [+] ... [+] one. *)
Definition of_Z (c : Z) : carrier := gen_phiZ zero one add mul opp c.

Lemma of_Z_morph : ring_morph zero one add mul sub opp eq 0 1 Z.add Z.mul Z.sub Z.opp Zeq_bool of_Z.
Proof. exact (gen_phiZ_morph (Eqsth carrier) (Eq_ext add mul opp) laws). Qed.
Lemma of_Z_0 : of_Z 0 = zero. Proof. reflexivity. Qed.
Lemma of_Z_1 : of_Z 1 = one. Proof. reflexivity. Qed.
Lemma of_Z_add a b : of_Z (a + b) = of_Z a [+] of_Z b. Proof. apply (morph_add of_Z_morph). Qed.
Lemma of_Z_mul a b : of_Z (a * b) = of_Z a [*] of_Z b. Proof. apply (morph_mul of_Z_morph). Qed.
Lemma of_Z_opp a : of_Z (- a) = opp (of_Z a). Proof. apply (morph_opp of_Z_morph). Qed.

Lemma when_when a b r : when a (when b r) = when (a && b) r. Proof. destruct a, b; reflexivity. Qed.
Lemma when_zero b : when b zero = zero. Proof. destruct b; reflexivity. Qed.
Lemma when_add b r s : when b (r [+] s) = when b r [+] when b s.
Proof. destruct b; simpl; ring. Qed.
Lemma when_mul b c r : c [*] when b r = when b (c [*] r). Proof. destruct b; simpl; ring. Qed.

Lemma inside_spec e n : inside e n = true <-> 0 <= e < n.
Proof. unfold inside. rewrite andb_true_iff, Z.leb_le, Z.ltb_lt. tauto. Qed.

Lemma sum_ext n f g : (forall k, 0 <= k < n -> f k = g k) -> sum n f = sum n g.
Proof.
  unfold sum. intros H.
  assert (K : forall k, (k < Z.to_nat n)%nat -> f (Z.of_nat k) = g (Z.of_nat k)) by (intros; apply H; lia).
  clear H. induction (Z.to_nat n) as [|m IH]; [reflexivity|]. simpl. rewrite IH, K by (intros; auto with arith).
  reflexivity.
Qed.
Lemma sum_empty n f : n <= 0 -> sum n f = zero.
Proof. intros H. unfold sum. replace (Z.to_nat n) with O by lia. reflexivity. Qed.
Lemma sum_zero n : sum n (fun _ => zero) = zero.
Proof. unfold sum. induction (Z.to_nat n) as [|m IH]; [reflexivity|]. simpl. rewrite IH. ring. Qed.
Lemma sum_add n f g : sum n (fun k => f k [+] g k) = sum n f [+] sum n g.
Proof. unfold sum. induction (Z.to_nat n) as [|m IH]; simpl; [ring|]. rewrite IH. ring. Qed.
Lemma sum_mul n c f : c [*] sum n f = sum n (fun k => c [*] f k).
Proof. unfold sum. induction (Z.to_nat n) as [|m IH]; simpl; [ring|]. rewrite <- IH. ring. Qed.
Lemma sum_when n b f : when b (sum n f) = sum n (fun k => when b (f k)).
Proof. destruct b; simpl; [reflexivity|]. symmetry. apply sum_zero. Qed.
Lemma sum_swap n m f : sum n (fun i => sum m (fun j => f i j)) = sum m (fun j => sum n (fun i => f i j)).
Proof.
  unfold sum at 1 4. induction (Z.to_nat n) as [|k IH]; simpl; [symmetry; apply sum_zero|].
  rewrite IH. symmetry. apply sum_add.
Qed.
Lemma sum_succ n f : 0 <= n -> sum (n + 1) f = sum n f [+] f n.
Proof.
  intros H. unfold sum. replace (Z.to_nat (n + 1)) with (S (Z.to_nat n)) by lia. simpl. now rewrite Z2Nat.id.
Qed.
Lemma sum_induction (P : Z -> Prop) : (forall n, n <= 0 -> P n) -> (forall n, 0 <= n -> P n -> P (n + 1)) -> forall n, P n.
Proof.
  intros base step n. destruct (Z.le_gt_cases n 0); [auto|].
  apply (natlike_ind P); [apply base; lia|intros; apply step; auto|lia].
Qed.
Lemma sum_constant n x : sum n (fun _ => x) = of_Z (Z.max 0 n) [*] x.
Proof.
  revert n. apply sum_induction.
  - intros n H. rewrite sum_empty by lia. replace (Z.max 0 n) with 0 by lia. rewrite of_Z_0. ring.
  - intros n H IH. rewrite sum_succ, IH by lia. replace (Z.max 0 (n + 1)) with (Z.max 0 n + 1) by lia.
    rewrite of_Z_add, of_Z_1. ring.
Qed.
(* The sum over 0 <= k < n of [k = e] h k is [0 <= e < n] h e. *)
Lemma sum_at e h : forall n, sum n (fun k => when (k =? e) (h k)) = when (inside e n) (h e).
Proof.
  apply sum_induction.
  - intros n H. rewrite sum_empty by lia. replace (inside e n) with false; [reflexivity|].
    symmetry. apply not_true_is_false. rewrite inside_spec. lia.
  - intros n H IH. rewrite sum_succ, IH by lia. destruct (Z.eqb_spec n e) as [->|E].
    + replace (inside e e) with false by (symmetry; apply not_true_is_false; rewrite inside_spec; lia).
      replace (inside e (e + 1)) with true by (symmetry; rewrite inside_spec; lia). simpl. ring.
    + replace (inside e (n + 1)) with (inside e n); [simpl; ring|].
      apply eq_true_iff_eq. rewrite !inside_spec. lia.
Qed.
Lemma sum_cat n m f : 0 <= n -> 0 <= m -> sum (n + m) f = sum n f [+] sum m (fun k => f (n + k)).
Proof.
  intros Hn Hm. revert m Hm. apply natlike_ind.
  - rewrite Z.add_0_r, (sum_empty 0) by lia. ring.
  - intros m Hm IH. replace (n + Z.succ m) with (n + m + 1) by lia. rewrite sum_succ, IH by lia.
    replace (Z.succ m) with (m + 1) by lia. rewrite sum_succ by lia. ring.
Qed.
(* An index below n m has a high part below n and a low part below m. *)
Lemma sum_split n m f : 0 <= n -> 0 <= m -> sum (n * m) f = sum n (fun h => sum m (fun l => f (m * h + l))).
Proof.
  intros Hn Hm. revert n Hn. apply natlike_ind.
  - rewrite !sum_empty by lia. reflexivity.
  - intros n Hn IH. replace (Z.succ n) with (n + 1) by lia. rewrite sum_succ by lia.
    replace ((n + 1) * m) with (n * m + m) by ring. rewrite sum_cat, IH by nia. f_equal.
    apply sum_ext. intros. f_equal. ring.
Qed.
End Sums.
`;
