/** What a gradient is: exact partial derivative, uniqueness, total differential, chain rule. Coq source. */
export const CALCULUS = String.raw`Section Calculus.
Context {ring : CommutativeRing}.
Add Ring values_of_calculus : laws.

(* A function that is linear in the cells x i changes by t times g m, exactly, when x m changes by t. *)
Theorem exact_partial_derivative n (g : Z -> carrier) f :
  (forall x, f x = sum n (fun i => x i [*] g i)) ->
  forall x t m, 0 <= m < n -> f (fun i => x i [+] when (i =? m) t) [-] f x = t [*] g m.
Proof.
  intros H x t m M. rewrite !H.
  rewrite (sum_ext n _ (fun i => x i [*] g i [+] when (i =? m) (t [*] g i))).
  - rewrite sum_add, (sum_at m (fun i => t [*] g i)). replace (inside m n) with true by (symmetry; now apply inside_spec). simpl. ring.
  - intros i _. destruct (i =? m); simpl; ring.
Qed.

(* A gradient is unique: two that pair alike with every h agree at each cell. *)
Theorem gradient_unique n (g1 g2 : Z -> carrier) :
  (forall h, sum n (fun i => h i [*] g1 i) = sum n (fun i => h i [*] g2 i)) -> forall m, 0 <= m < n -> g1 m = g2 m.
Proof.
  intros H m M. specialize (H (fun i => when (i =? m) one)).
  assert (E : forall g, sum n (fun i => when (i =? m) one [*] g i) = g m).
  { intros g. rewrite (sum_ext n _ (fun i => when (i =? m) (g i))); [|intros i _; destruct (i =? m); simpl; ring].
    rewrite (sum_at m g). replace (inside m n) with true by (symmetry; now apply inside_spec). reflexivity. }
  now rewrite !E in H.
Qed.

Variables (D : carrier -> carrier) (rules : derivation D).

(* The derivative of a sum is the sum of the derivatives. *)
Theorem derivative_of_sum n f : D (sum n f) = sum n (fun i => D (f i)).
Proof. exact (D_sum D rules n f). Qed.

(* What does not depend on the cells passes through: integers are constants. *)
Theorem derivative_of_integer k : D (of_Z k) = zero.
Proof. exact (D_of_Z D rules k). Qed.

(* Total differential of a bilinear sum: each factor in turn is differentiated. *)
Theorem total_differential n u v :
  D (sum n (fun i => u i [*] v i)) = sum n (fun i => D (u i) [*] v i) [+] sum n (fun i => u i [*] D (v i)).
Proof. rewrite derivative_of_sum, <- sum_add. apply sum_ext. intros. apply (D_mul _ rules). Qed.

(* Chain rule of two layers: if the output changes by g j per y j, and each y j by jac j i per x i, then it changes by
   the sum over j of g j [*] jac j i per x i: the gradient with respect to y, pulled back through the layer y(x). *)
Theorem chain_rule n m (x y : Z -> carrier) (out : carrier) (g : Z -> carrier) (jac : Z -> Z -> carrier) :
  D out = sum m (fun j => g j [*] D (y j)) ->
  (forall j, 0 <= j < m -> D (y j) = sum n (fun i => jac j i [*] D (x i))) ->
  D out = sum n (fun i => sum m (fun j => g j [*] jac j i) [*] D (x i)).
Proof.
  intros -> H. transitivity (sum m (fun j => sum n (fun i => g j [*] jac j i [*] D (x i)))).
  - apply sum_ext. intros j J. rewrite (H j J), sum_mul. apply sum_ext. intros. ring.
  - rewrite sum_swap. apply sum_ext. intros i _. rewrite (Rmul_comm laws), sum_mul. apply sum_ext. intros. ring.
Qed.
End Calculus.

(* There are derivations that are 1 at a cell: a + b t with bits a, b and t t = 0, where D (a + b t) = b. (Of polynomials
   in the cells, the derivative by a cell is one.) So theorems about all of them say something. *)
Definition bits : CommutativeRing.
Proof.
  refine {| carrier := bool * bool; zero := (false, false); one := (true, false);
    add := fun x y => (xorb (fst x) (fst y), xorb (snd x) (snd y));
    sub := fun x y => (xorb (fst x) (fst y), xorb (snd x) (snd y));
    mul := fun x y => (fst x && fst y, xorb (fst x && snd y) (snd x && fst y));
    opp := fun x => x |}.
  split; repeat intros [[] []]; reflexivity.
Defined.
Theorem derivations_exist : exists (D : @carrier bits -> @carrier bits) (t : @carrier bits),
  derivation D /\ D t = one /\ (one : @carrier bits) <> zero.
Proof.
  exists (fun x => (snd x, false)), (false, true). repeat split; try (intros [[] []] [[] []]; reflexivity); discriminate.
Qed.
`;
