"""Being somebody who treats others, and what they want to be told of."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.schema import INVALID, PROBLEM
from sharing.models import Practice
from sharing.practising import practise, stop_practising
from sharing.serializers.practice import PracticeAnswerSerializer, PracticeSerializer, represent_practice


class PracticeView(APIView):
    @extend_schema(operation_id="practice_read", responses=PracticeAnswerSerializer)
    def get(self, request: Request) -> Response:
        """Whether you treat others, and which signals are told to you in one message a day."""
        return Response(represent_practice(Practice.objects.for_user(person_of(request)).first()))

    @extend_schema(
        operation_id="practice_put", request=PracticeSerializer, responses={200: PracticeAnswerSerializer, **INVALID}
    )
    def put(self, request: Request) -> Response:
        """Treat others from now on, or change what you are told of. One can be both: patient and physiotherapist."""
        serializer = PracticeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(represent_practice(practise(owner=person_of(request), settings=serializer.validated_data)))

    @extend_schema(operation_id="practice_stop", responses={204: None, 400: PROBLEM})
    def delete(self, request: Request) -> Response:
        """Treat nobody any more. Safe to repeat; refused with `still_linked` while a patient counts on you."""
        stop_practising(owner=person_of(request))
        return Response(status=204)
